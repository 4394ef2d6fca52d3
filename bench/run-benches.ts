import type { Figure } from './figure.ts';
import { NotHere } from './not-here.ts';

/** What a run came to. */
export interface Result {
  readonly figures: readonly Figure[];
  /** What was not measured, by the bench's name: what is missing here, or what went wrong. */
  readonly missed: Readonly<Record<string, string>>;
  /** Whether a bench failed that this machine has everything for. */
  readonly failed: boolean;
}

/**
 * Runs benches one after another, for they would slow each other down. One that cannot run, or fails, is named and
 * the next one goes on.
 *
 * @param save is given what there is after each bench, so that a run that is broken off has not measured in vain
 */
export async function runBenches(
  benches: Readonly<Record<string, () => Promise<Figure[]>>>,
  { save, print }: { save(result: Result): void; print(line: string): void },
): Promise<Result> {
  let result: Result = { figures: [], missed: {}, failed: false };
  for (const [name, bench] of Object.entries(benches)) {
    print(`\n${name}`);
    try {
      const figures = await bench();
      for (const figure of figures) print(line(figure));
      result = { ...result, figures: [...result.figures, ...figures] };
    } catch (error) {
      const { message } = error as Error;
      const notHere = error instanceof NotHere;
      print(notHere ? `  not measured: ${message}` : `  failed: ${(error as Error).stack}`);
      const missed = { ...result.missed, [name]: message };
      result = { ...result, missed, failed: result.failed || !notHere };
    }
    save(result);
  }
  return result;
}

const line = ({ name, value, unit }: Figure): string =>
  `  ${name.padEnd(58)} ${(value >= 100 ? value.toFixed(0) : value.toPrecision(3)).padStart(9)} ${unit}`;
