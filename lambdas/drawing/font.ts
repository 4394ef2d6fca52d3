import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';

/** The font's name, as it is chosen among others. */
export const fontFamily = 'DejaVu Sans Bold';

const fileName = 'DejaVuSans-Bold.ttf';
const beside = fileURLToPath(new URL(fileName, import.meta.url));

/**
 * Where the font is. Lambda has none of its own, so that of the package `dejavu-fonts-ttf` goes with the bundle and
 * lies beside it; where the packages are installed, it lies in its package.
 */
export const fontFile = existsSync(beside)
  ? beside
  : createRequire(import.meta.url).resolve(`dejavu-fonts-ttf/ttf/${fileName}`);
