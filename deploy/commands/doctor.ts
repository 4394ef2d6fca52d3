import path from 'node:path';
import type { Surroundings } from '../command.ts';
import { doctorText } from '../doctor/doctor.text.ts';
import { examine } from '../doctor/examine.ts';
import type { Check } from '../doctor/finding.ts';
import { findLocalHouse, pointAt } from '../doctor/local-house.ts';
import { checksOnThisMachine } from '../doctor/on-this-machine.ts';
import { CommandError } from '../errors.ts';
import { type DoctorOptions, usualData } from '../options.ts';
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
  options: DoctorOptions,
  say: (line: string) => void,
  apiRoot: string | undefined,
): Promise<Check[]> {
  const { local, aws, data } = options;
  const folder = path.resolve(data);
  const start = doctorText.start(data === usualData ? undefined : data);
  const house = aws ? undefined : await findLocalHouse(folder);
  if (house) {
    pointAt(house);
    say(doctorText.onThisMachine(folder, house.page));
    return checksOnThisMachine(house, ownVersion());
  }
  if (local) throw new CommandError(doctorText.notRunning(folder, start));
  const { checksOfHouseOnAws } = await import('../doctor/house-on-aws.ts').catch((error: unknown) => {
    // Whoever only runs a house on this machine has not fetched what AWS takes, and need not for this.
    throw isMissingPackage(error) ? new CommandError(doctorText.onlyHere(folder, start)) : error;
  });
  return checksOfHouseOnAws(options, {
    say,
    apiRoot,
    version: ownVersion(),
    // Who has not said that it is on AWS is first told that nothing runs here.
    neither: aws ? undefined : (why) => doctorText.neither(folder, start, why),
  });
}

const isMissingPackage = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && error.code === 'ERR_MODULE_NOT_FOUND';
