import { encode } from 'uqr';

/** Reads the drawn half blocks back into rows of modules, true for dark. */
export function readBlocks(lines: readonly string[]): boolean[][] {
  const light: Readonly<Record<string, [boolean, boolean]>> = {
    '█': [true, true],
    '▀': [true, false],
    '▄': [false, true],
    ' ': [false, false],
  };
  return lines.flatMap((line) => {
    const pairs = [...line].map((block) => light[block] ?? [false, false]);
    return [pairs.map(([upper]) => !upper), pairs.map(([, lower]) => !lower)];
  });
}

/** Finds the QR code in what a command has printed, and says whether it is that of a link. */
export function showsCodeOf(link: string, output: string): boolean {
  const lines = output.split('\n').filter((line) => /^ {2}[█▀▄][█▀▄ ]{20,}$/.test(line));
  const drawn = readBlocks(lines.map((line) => line.slice(2)));
  const wanted = encode(link, { border: 2 }).data;
  return wanted.every((row, y) => row.every((dark, x) => drawn[y]?.[x] === dark));
}
