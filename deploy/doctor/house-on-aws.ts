import { identify, NotAwsError } from '../account/identity.ts';
import { asCommandError, namesNoAccount } from '../account/refusals.ts';
import { createClients } from '../clients.ts';
import { CommandError } from '../errors.ts';
import type { DoctorOptions } from '../options.ts';
import { stackText } from '../stack/stack.text.ts';
import { readStack } from '../stack/state.ts';
import { doctorText } from './doctor.text.ts';
import type { Check } from './finding.ts';
import { checksOnAws } from './on-aws.ts';

/** What a look at the house on AWS takes besides its name. */
interface Looking {
  readonly say: (line: string) => void;
  /** Where the Bot API is, if it is not Telegram's own. */
  readonly apiRoot: string | undefined;
  readonly version: string;
  /** What to say when there is no account to look into, and one was not named either; given is why. */
  readonly neither: ((why: string) => string) | undefined;
}

/** All that a house on AWS has, and says where it is. It needs the packages that only AWS takes. @throws CommandError */
export async function checksOfHouseOnAws(
  { name, region }: Pick<DoctorOptions, 'name' | 'region'>,
  { say, apiRoot, version, neither }: Looking,
): Promise<Check[]> {
  const identity = await identify(region).catch((error: unknown) => {
    const isNowhere = error instanceof NotAwsError || namesNoAccount(error);
    throw neither && isNowhere ? new CommandError(neither(asCommandError(error).message)) : error;
  });
  const clients = createClients();
  const state = await readStack(clients.cloudFormation, name);
  if (!state) throw new CommandError(stackText.none(name, identity.region));
  if (!state.outputs) throw new CommandError(stackText.notWhole(name, state.status));
  say(doctorText.onAws(name, identity.account, identity.region, state.outputs.Asleep));
  return checksOnAws({
    house: state.outputs,
    status: state.status,
    region: identity.region,
    clients,
    version,
    apiRoot,
  });
}
