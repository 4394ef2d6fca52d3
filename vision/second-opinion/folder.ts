import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Join } from './calibration.ts';
import { type ModelDescription, readDescription } from './description.ts';
import { SecondOpinionError } from './second-opinion-error.ts';

/** The folder of a second opinion: `model.json`, the model beside it, and `calibration.json` once it was calibrated. */
export interface SecondOpinionFolder {
  readonly description: ModelDescription;
  /** The model's path. */
  readonly model: string;
  /** SHA-256 of the model and its description. */
  readonly hash: string;
}

/** @throws {SecondOpinionError} in words for the host */
export function readFolder(folder: string): SecondOpinionFolder {
  const place = path.join(folder, 'model.json');
  if (!existsSync(place))
    throw new SecondOpinionError(
      `There is no ${place}. The folder of a second opinion has a model.json that describes the model beside it: docs/recognition.md.`,
    );
  const text = readFileSync(place, 'utf8');
  const description = readDescription(text);
  const model = path.join(folder, description.file);
  if (!existsSync(model)) throw new SecondOpinionError(`There is no ${model}, which model.json names.`);
  const hash = createHash('sha256')
    .update(JSON.stringify(description))
    .update(readFileSync(model))
    .digest('hex');
  return { description, model, hash };
}

/** @throws {SecondOpinionError} when there is none, or it is of another model */
export function readCalibration(folder: string, { hash }: Pick<SecondOpinionFolder, 'hash'>): Join {
  const place = path.join(folder, 'calibration.json');
  const how = `Run npm run calibrate -- --second-opinion ${folder} --photos <folder with photos, one folder a person>.`;
  if (!existsSync(place)) throw new SecondOpinionError(`The model in ${folder} is not calibrated. ${how}`);
  let kept: { readonly model?: unknown; readonly join?: Partial<Join> } | undefined;
  try {
    kept = JSON.parse(readFileSync(place, 'utf8')) ?? undefined;
  } catch {
    kept = undefined;
  }
  const { first = 0, second = 0 } = kept?.join ?? {};
  if (!(first > 0 && second > 0)) throw new SecondOpinionError(`${place} cannot be read. ${how}`);
  if (kept?.model !== hash)
    throw new SecondOpinionError(`${place} is of another model, or model.json was changed since. ${how}`);
  return { first, second };
}

/** Writes what {@link readCalibration} reads. */
export function writeCalibration(
  folder: string,
  { hash }: Pick<SecondOpinionFolder, 'hash'>,
  join: Join,
  about: Readonly<Record<string, unknown>>,
): void {
  const text = JSON.stringify({ model: hash, join, ...about }, undefined, 2);
  writeFileSync(path.join(folder, 'calibration.json'), `${text}\n`);
}

/**
 * The name of the engine that describes faces so: descriptions by different ones cannot be compared. Undefined for the
 * project's own alone.
 *
 * @param folder of the second opinion; undefined for none
 * @throws {SecondOpinionError} when it cannot be used
 */
export function engineName(folder: string | undefined): string | undefined {
  if (folder === undefined) return undefined;
  const opened = readFolder(folder);
  const { first, second } = readCalibration(folder, opened);
  return createHash('sha256').update(`${opened.hash} ${first} ${second}`).digest('hex').slice(0, 16);
}
