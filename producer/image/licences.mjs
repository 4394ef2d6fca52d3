/**
 * Gathers the licence texts of packages, for whoever is handed the image. Plain JavaScript without packages: it runs
 * while the image is built.
 */
import { cpSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const licenceFile = /^(licen[cs]e|copying|notice|copyrightnotice|thirdpartynotices)/i;

/**
 * What stands in for the text that a package does not bring, by the package's name; a package that brings its text
 * needs none.
 */
const substitutes = [
  [/^@seydx\/node-av-/, 'ffmpeg.md'],
  [/^@img\/sharp-libvips-/, 'libvips.md'],
  [/^onnxruntime-(node|common)$/, 'onnxruntime.md'],
  [/^@aws-sdk\//, 'apache.md'],
];

/**
 * Copies the licence texts of a package into a folder of its name. It is an error if there is none: then somebody has to
 * find out what its terms are, and write it into `licences/`.
 *
 * @param {string} folder the package's own
 * @param {string} target where all licences are gathered
 */
export function copyLicences(folder, target) {
  const { name, version, license } = JSON.parse(readFileSync(path.join(folder, 'package.json'), 'utf8'));
  const own = readdirSync(folder).filter((file) => licenceFile.test(file));
  const place = path.join(target, name);
  mkdirSync(place, { recursive: true });
  for (const file of own) cpSync(path.join(folder, file), path.join(place, file));
  if (own.length > 0) return;
  const [, substitute] = substitutes.find(([pattern]) => pattern.test(name)) ?? [];
  if (substitute === undefined) {
    throw new Error(
      `${name} ${version} (${license}) brings no licence text: see producer/image/licences.mjs.`,
    );
  }
  cpSync(fileURLToPath(new URL(`licences/${substitute}`, import.meta.url)), path.join(place, substitute));
  // libvips lists its parts and their terms there.
  cpSync(path.join(folder, 'README.md'), path.join(place, 'README.md'));
}

/**
 * The folders of the packages that a bundle is made of.
 *
 * @param {Record<string, unknown>} inputs those of esbuild's metafile: by path, from the working folder
 * @returns {string[]}
 */
export function packagesIn(inputs) {
  const folders = Object.keys(inputs).flatMap(
    (file) => /^(.*node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(file)?.[1] ?? [],
  );
  return [...new Set(folders)].sort();
}
