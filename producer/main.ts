import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { second } from '../party/clock.ts';
import { checkEnvFile } from '../party/env-file.ts';
import { ConfigurationError } from '../party/errors.ts';
import type { Log } from '../party/log.ts';
import { Pulses } from '../party/recognition/pulse.ts';
import { Wishes } from '../party/recognition/wish.ts';
import type { Table } from '../party/stores/table.ts';
import { AwsClock } from './aws/aws-clock.ts';
import { HealthFile, usualHealthFile } from './health/health.ts';
import { jsonLog } from './json-log.ts';
import { Producer, type ProducerParts } from './producer.ts';
import { readSettings, type Settings, SettingsError } from './settings.ts';

const usage = `Musical Joy's producer: it runs beside the camera, and while a party is on it finds the faces at the door, or uploads
the video.

  npm run producer -- [--env-file producer.env]

  --env-file FILE    settings to read besides the environment's; npm run deploy writes producer.env, and
                     RECOGNITION=images npm start writes .joy/producer.env
  --help             this text

Settings (producer.env has all but the camera's):
  CAMERA_URL         your camera's address: RTSP, or HTTP (docs/camera.md)
  CAMERA_USER, CAMERA_PASSWORD
                     the camera account's, as they are, if they are not in the address
  RECOGNITION        images (the default): it finds the faces; video: it uploads what the camera sends
  AWS_REGION, TABLE_NAME
                     what was deployed
  BUCKET_NAME, COLLECTION_ID, DATA_STREAM_NAME
                     likewise, for images
  VIDEO_STREAM_NAME  likewise, for video
  AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or AWS_PROFILE
                     the producer's key, or the name of a profile in your AWS files
  SEARCHES_PER_PARTY how many faces are searched in a party at most, for each costs money: 20000
  HEALTH_FILE        where it says how it is, for the container's health check

It logs one JSON document a line, and ends with Ctrl+C or SIGTERM: 0 in order, 1 after a failure, 2 for wrong settings.
`;

/** FFmpeg's and the networks' libraries exist for these. */
const processors = ['x64', 'arm64'];

/** What is not over by then is left: Docker waits ten seconds, and a host less. Milliseconds. */
const longestEnd = 4.5 * second;

async function main(): Promise<void> {
  const options = readOptions();
  if (options.help) {
    process.stdout.write(usage);
    return;
  }
  if (!processors.includes(process.arch)) {
    fail(
      `This computer's system is for ${process.arch}, and the producer needs a 64-bit one: on a Raspberry Pi, install Raspberry Pi OS (64-bit).`,
      1,
    );
  }
  if (options.envFile !== undefined) loadEnvFile(options.envFile);
  checkContainerFile(process.env.ENV_FILE_AS_WRITTEN);
  // The SDK's word on the future of Node 20 is not for the host.
  process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED ??= 'true';
  await produce(settingsOf(process.env));
}

function settingsOf(env: NodeJS.ProcessEnv): Settings {
  try {
    return readSettings(env);
  } catch (error) {
    if (error instanceof SettingsError) fail(error.message, 2);
    throw error;
  }
}

async function produce(settings: Settings): Promise<void> {
  const log = jsonLog();
  const clock = new AwsClock();
  const { table, watch, close } = await connect(settings, clock, log);
  const health = new HealthFile(settings.healthFile ?? usualHealthFile());
  const producer = new Producer({
    wishes: new Wishes(table, clock.now),
    pulses: new Pulses(table),
    clock,
    watch,
    onBeat: (report) => health.write(report),
    version: readVersion(),
    log,
  });
  const ending = endWithSignals();
  log.info('The producer runs', { version: readVersion(), arch: process.arch });
  await producer.run(ending);
  close();
  log.info('The producer has ended');
  process.exit(0);
}

/**
 * AWS, and how the door is watched with it. What sees and decodes is large, and most of the time no party is on: it is
 * loaded then.
 */
async function connect(
  settings: Settings,
  clock: AwsClock,
  log: Log,
): Promise<Pick<ProducerParts, 'watch'> & { readonly table: Table; close(): void }> {
  if (settings.recognition === 'video') {
    const { connectVideoAws } = await import('./aws/video-aws.ts');
    const aws = connectVideoAws(settings, clock);
    return {
      ...aws,
      async watch(onChange) {
        const { uploadDoor } = await import('./video/uploading.ts');
        const { camera } = settings;
        return uploadDoor({ camera, open: aws.openUpload, now: clock.now, log }, onChange);
      },
    };
  }
  const { connectAws } = await import('./aws/aws.ts');
  const aws = connectAws(settings, clock);
  return {
    ...aws,
    async watch(onChange, wished) {
      const { watchDoor } = await import('./door/watching.ts');
      return watchDoor({ settings, aws, clock, log }, onChange, wished);
    },
  };
}

/** The first signal ends it in order; it takes no longer than it may. The second ends it at once. */
function endWithSignals(): AbortSignal {
  const ending = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(signal, () => {
      if (ending.signal.aborted) endAtOnce();
      ending.abort();
      setTimeout(endAtOnce, longestEnd).unref();
    });
  }
  return ending.signal;
}

/** An exit would wait for a thread of FFmpeg's that still reads from the camera. */
function endAtOnce(): void {
  process.kill(process.pid, 'SIGKILL');
}

function readOptions(): { help: boolean; envFile: string | undefined } {
  try {
    const { values } = parseArgs({
      options: { help: { type: 'boolean', short: 'h', default: false }, 'env-file': { type: 'string' } },
    });
    return { help: values.help, envFile: values['env-file'] };
  } catch (error) {
    // What was typed may be the camera's address, with a password: it is not repeated.
    const isPositional = (error as { code?: string }).code === 'ERR_PARSE_ARGS_UNEXPECTED_POSITIONAL';
    const why = isPositional
      ? 'Nothing but options goes on the command line; the camera’s address is CAMERA_URL.'
      : messageOf(error);
    return fail(`${why}\nSee npm run producer -- --help`, 2);
  }
}

function loadEnvFile(file: string): void {
  try {
    checkEnvFile(file);
    process.loadEnvFile(file);
  } catch (error) {
    if (error instanceof ConfigurationError) fail(error.message, 2);
    fail(`The settings in ${file} cannot be read: ${messageOf(error)}`, 2);
  }
}

/** In a container the settings come from Docker, which has cut off already what it took for a comment. */
function checkContainerFile(file: string | undefined): void {
  if (!file) return;
  try {
    checkEnvFile(file, 'compose');
  } catch (error) {
    if (error instanceof ConfigurationError) fail(error.message, 2);
    throw error;
  }
}

function readVersion(): string {
  const file = new URL('../package.json', import.meta.url);
  return (JSON.parse(readFileSync(file, 'utf8')) as { version: string }).version;
}

function fail(message: string, code: number): never {
  console.error(message);
  process.exit(code);
}

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

main().catch((error) => fail(error instanceof Error ? `${error.name}: ${error.message}` : String(error), 1));
