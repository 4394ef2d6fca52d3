import { asCommandError } from '../account/refusals.ts';
import { doctorText } from './doctor.text.ts';
import type { Check, Finding } from './finding.ts';

/**
 * Looks at all parts at once and tells of them in order, each as soon as those before it are told. A part that
 * cannot be looked at is wrong, and keeps nobody from looking at the others.
 *
 * @returns how many are wrong
 */
export async function examine(checks: readonly Check[], say: (line: string) => void): Promise<number> {
  const width = Math.max(...checks.map(({ part }) => part.length));
  const looks = checks.map(({ look }) => look().catch(notSeen));
  let wrong = 0;
  for (const [index, { part }] of checks.entries()) {
    const { well, says, todo } = await looks[index]!;
    if (!well) wrong++;
    say(doctorText.line(well, part.padEnd(width), says));
    if (todo !== undefined) say(doctorText.todo(' '.repeat(width), todo));
  }
  return wrong;
}

function notSeen(error: unknown): Finding {
  return { well: false, says: doctorText.notSeen(asCommandError(error).message) };
}
