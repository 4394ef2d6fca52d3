/**
 * Puts the font into a folder beside a bundle that draws: `node --import tsx lambdas/drawing/asset.ts <folder>`.
 */
import { copyFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { fontFile } from './font.ts';

const [folder] = process.argv.slice(2);
if (!folder) throw new Error('Say into which folder: node --import tsx lambdas/drawing/asset.ts <folder>');
await copyFile(fontFile, join(folder, basename(fontFile)));
