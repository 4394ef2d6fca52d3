import path from 'node:path';
import { identify, NotAwsError } from '../account/identity.ts';
import { asCommandError, namesNoAccount } from '../account/refusals.ts';
import { createClients } from '../clients.ts';
import type { Surroundings } from '../command.ts';
import { doctorText } from '../doctor/doctor.text.ts';
import { examine } from '../doctor/examine.ts';
import type { Check } from '../doctor/finding.ts';
import { findLocalHouse, pointAt } from '../doctor/local-house.ts';
import { checksOnAws } from '../doctor/on-aws.ts';
import { checksOnThisMachine } from '../doctor/on-this-machine.ts';
import { CommandError } from '../errors.ts';
import type { DoctorOptions } from '../options.ts';
import { stackText } from '../stack/stack.text.ts';
import { readStack } from '../stack/state.ts';
import { ownVersion } from '../version.ts';

/** `npm run doctor`: looks at the house as a person would. @returns 1 when anything is wrong */
export async function doctor(options: DoctorOptions, { terminal, settings }: Surroundings): Promise<number> {
  const say = (line: string): void => terminal.say(line);
  const checks = await findChecks(options, say, settings.TELEGRAM_API_ROOT);
  const wrong = await examine(checks, say);
  say(wrong === 0 ? doctorText.allWell : doctorText.wrong(wrong));
  return wrong === 0 ? 0 : 1;
}

/** The house that is meant: the one on this machine if it runs, unless the one on AWS was named. */
async function findChecks(
  { name, region, local, aws, data }: DoctorOptions,
  say: (line: string) => void,
  apiRoot: string | undefined,
): Promise<Check[]> {
  const folder = path.resolve(data);
  const house = aws ? undefined : await findLocalHouse(folder);
  if (house) {
    pointAt(house);
    say(doctorText.onThisMachine(folder, house.page));
    return checksOnThisMachine(house, ownVersion());
  }
  if (local) throw new CommandError(doctorText.notRunning(folder));
  const identity = await identify(region).catch((error: unknown) => {
    // Who has not said that it is on AWS is first told that nothing runs here.
    const isNowhere = error instanceof NotAwsError || (!aws && namesNoAccount(error));
    throw isNowhere ? new CommandError(doctorText.neither(folder, asCommandError(error).message)) : error;
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
    version: ownVersion(),
    apiRoot,
  });
}
