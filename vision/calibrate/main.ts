import { existsSync, statSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { descriptorLength } from '../graphs/descriptor.ts';
import { startRecognizer } from '../recognizer.ts';
import { RecognizerError } from '../recognizer-error.ts';
import { calibrate, type TwiceDescribed } from '../second-opinion/calibration.ts';
import { readFolder, writeCalibration } from '../second-opinion/folder.ts';
import { SecondOpinionError } from '../second-opinion/second-opinion-error.ts';
import { calibrateText as text } from './calibrate.text.ts';
import { describedTwice, type LabelledPhoto, labelledPhotos } from './labelled-photos.ts';

/** So often it is said how far it has come, milliseconds. */
const toldEvery = 1000;

/** `npm run calibrate`: joins a host's own model with the project's descriptor, by labelled photos. */
async function main(): Promise<void> {
  const options = readOptions();
  if (options.help) {
    process.stdout.write(text.usage);
    return;
  }
  if (existsSync('.env')) process.loadEnvFile('.env');
  const folder = options['second-opinion'] ?? process.env.SECOND_OPINION;
  if (!options.photos) fail(text.noPhotos, 2);
  if (!folder) fail(text.noFolder, 2);
  for (const one of [options.photos, folder])
    if (!statSync(one, { throwIfNoEntry: false })?.isDirectory()) fail(text.notAFolder(one), 2);
  const opened = readFolder(folder);
  const photos = await labelledPhotos(options.photos);
  const people = new Set(photos.map(({ person }) => person)).size;
  if (people === 0) fail(text.noPeople(options.photos), 1);
  console.log(text.loading);
  const faces = await describeAll(photos, people, path.resolve(folder));
  const calibrated = calibrate(faces);
  const { join, pairs, told } = calibrated;
  writeCalibration(folder, opened, join, { people: calibrated.people, pairs, told });
  console.log(text.done(calibrated, path.join(folder, 'calibration.json')));
}

async function describeAll(
  photos: readonly LabelledPhoto[],
  people: number,
  folder: string,
): Promise<TwiceDescribed[]> {
  const recognizer = await startRecognizer({ secondOpinion: { folder, isCalibrated: false } });
  try {
    console.log(text.looking(photos.length, people));
    const faces: TwiceDescribed[] = [];
    let told = performance.now();
    for (const [index, photo] of photos.entries()) {
      const face = await describedTwice(photo, recognizer, descriptorLength);
      if (face) faces.push(face);
      if (performance.now() - told < toldEvery) continue;
      told = performance.now();
      showProgress(text.progress(index + 1, photos.length));
    }
    endProgress();
    if (faces.length < photos.length) console.log(text.leftOut(photos.length - faces.length));
    return faces;
  } finally {
    await recognizer.close();
  }
}

/** One line that is written over; on what is no terminal, one after the other. */
function showProgress(line: string): void {
  if (process.stderr.isTTY) process.stderr.write(`\r\u001B[K${line}`);
  else process.stderr.write(`${line}\n`);
}

function endProgress(): void {
  if (process.stderr.isTTY) process.stderr.write('\r\u001B[K');
}

function readOptions() {
  try {
    return parseArgs({
      options: {
        photos: { type: 'string' },
        'second-opinion': { type: 'string' },
        help: { type: 'boolean', short: 'h', default: false },
      },
    }).values;
  } catch (error) {
    fail(`${error instanceof Error ? error.message : String(error)}\n\n${text.usage}`, 2);
  }
}

function fail(message: string, code: number): never {
  console.error(message);
  process.exit(code);
}

for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => fail(text.stopped, 130));

main().catch((error: unknown) => {
  if (error instanceof SecondOpinionError || error instanceof RecognizerError) fail(error.message, 1);
  throw error;
});
