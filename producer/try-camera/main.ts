import { existsSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { checkEnvFile } from '../../party/env-file.ts';
import { ConfigurationError } from '../../party/errors.ts';
import { startRecognizer } from '../../vision/recognizer.ts';
import { CameraAddressError, type CameraSettings, cameraAddress } from '../camera/camera-address.ts';
import { CameraError, isUrl } from '../camera/camera-error.ts';
import { askForCamera } from './ask.ts';
import { savePicture } from './boxes.ts';
import { readCameraClock } from './clock.ts';
import { findCameras } from './find.ts';
import { findings } from './findings.ts';
import { measure } from './measure.ts';
import { afterFailure, isRight, report } from './report.ts';

const usage = `Tries your camera, and says what is right, what is not, and where to change it.

  npm run camera -- [options]

  --seconds 15    how long to watch, 5 to 600; stand where a guest rings meanwhile
  --find          look for cameras in your network instead, and say their addresses; some want a login first, which is
                  CAMERA_USER and CAMERA_PASSWORD
  --help          this text

The camera is the one in CAMERA_URL (with CAMERA_USER and CAMERA_PASSWORD, if they are not in it), from the environment
or the file .env; if there is none you are asked for it. It never goes on the command line, where others could see it.

The best picture is saved as camera-check.jpg: a green box round a face that counts, an orange one round a face that does
not. Nothing leaves this machine. Try it in the evening too, when it is as dark as at the party.

It ends with 0 when all is right, 1 when something has to be changed, 2 for a wrong option or address.
`;

const picture = 'camera-check.jpg';

async function main(): Promise<void> {
  const options = readOptions();
  if (options.help) {
    process.stdout.write(usage);
    return;
  }
  loadEnvFile();
  if (options.find) {
    process.exitCode = (await findCameras(process.env)) ? 0 : 1;
    return;
  }
  const settings = await chooseCamera();
  const address = addressOf(settings);
  const stop = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => stop.abort());
  console.log('Reaching the camera …');
  const recognizer = await startRecognizer();
  try {
    const [measured, clock] = await Promise.all([
      measure(address, {
        duration: options.seconds * 1000,
        recognizer,
        signal: stop.signal,
        onStart: () => {
          console.log(
            `Watching for ${options.seconds} seconds. Stand where a guest rings, and look at the camera.`,
          );
        },
        onLook: showProgress,
      }),
      readCameraClock(address),
    ]);
    endProgress();
    const found = findings({
      ...measured,
      hasLogin: isUrl(address) && /^[^/]*\/\/[^/?#]*@/.test(address),
      clockAhead: clock && clock.camera - clock.here,
    });
    console.log(report(found));
    await savePicture(measured.best, picture);
    console.log(`\nThe best picture, with boxes: ${path.resolve(picture)}`);
    process.exitCode = isRight(found) ? 0 : 1;
  } catch (error) {
    endProgress();
    if (stop.signal.aborted) fail('Stopped.', 130);
    if (!(error instanceof CameraError)) throw error;
    console.error(`✗ ${error.message}`);
    console.error(afterFailure(error.failure));
    process.exitCode = 1;
  } finally {
    await recognizer.close();
  }
}

function loadEnvFile(): void {
  try {
    checkEnvFile('.env');
  } catch (error) {
    if (error instanceof ConfigurationError) fail(error.message, 2);
    throw error;
  }
  if (existsSync('.env')) process.loadEnvFile('.env');
}

async function chooseCamera(): Promise<CameraSettings> {
  if (process.env.CAMERA_URL?.trim() || !process.stdin.isTTY) return process.env;
  try {
    return await askForCamera();
  } catch {
    fail('Stopped.', 130);
  }
}

function addressOf(settings: CameraSettings): string {
  try {
    return cameraAddress(settings);
  } catch (error) {
    if (error instanceof CameraAddressError) fail(error.message, 2);
    throw error;
  }
}

function readOptions(): { help: boolean; find: boolean; seconds: number } {
  let values: { help: boolean; find: boolean; seconds: string };
  try {
    ({ values } = parseArgs({
      options: {
        help: { type: 'boolean', short: 'h', default: false },
        find: { type: 'boolean', default: false },
        seconds: { type: 'string', default: '15' },
      },
    }));
  } catch (error) {
    // What was typed may be an address with a password: it is not repeated.
    const isPositional = (error as { code?: string }).code === 'ERR_PARSE_ARGS_UNEXPECTED_POSITIONAL';
    const why = isPositional
      ? 'The camera’s address does not go on the command line, where others could see its password: set CAMERA_URL, or let yourself be asked.'
      : (error as Error).message;
    fail(`${why}\nSee npm run camera -- --help`, 2);
  }
  const seconds = Number(values.seconds);
  if (!Number.isInteger(seconds) || seconds < 5 || seconds > 600) {
    fail('--seconds takes a whole number from 5 to 600.\nSee npm run camera -- --help', 2);
  }
  return { help: values.help, find: values.find, seconds };
}

function showProgress(share: number, faces: number): void {
  if (!process.stderr.isTTY) return;
  const seen = faces === 0 ? 'no face' : faces === 1 ? 'one face' : `${faces} faces`;
  process.stderr.write(`\r  ${String(Math.round(share * 100)).padStart(3)} %  ${seen.padEnd(12)}`);
}

function endProgress(): void {
  if (process.stderr.isTTY) process.stderr.write(`\r${' '.repeat(24)}\r`);
}

function fail(message: string, code: number): never {
  console.error(message);
  process.exit(code);
}

/** Only errors that are known hold nothing of the address. */
main().catch((error: unknown) => {
  const isKnown = error instanceof Error && ['RecognizerError', 'WeightsError'].includes(error.name);
  const code = error instanceof Error && 'code' in error ? ` (${String(error.code)})` : '';
  fail(isKnown ? error.message : `The camera could not be tried for a reason unknown${code}.`, 1);
});
