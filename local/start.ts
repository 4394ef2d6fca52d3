import { existsSync } from 'node:fs';
import path from 'node:path';
import open from 'open';
import { isBotToken } from '../party/stores/secret.ts';
import { cameraAddress } from '../producer/camera/camera-address.ts';
import { defaults, readSettings, type Settings, UsageError, usage } from './settings.ts';

/** `npm start`: reads the command line and `.env`, starts the house, prints where it is, and ends it when asked. */
async function main(): Promise<void> {
  const settings = read();
  if (settings.help) {
    process.stdout.write(usage);
    return;
  }
  if (existsSync('.env')) process.loadEnvFile('.env');
  const { BOT_TOKEN: botToken, CAMERA_URL } = process.env;
  const cameraUrl = CAMERA_URL && cameraAddress(process.env);
  const recognition = process.env.RECOGNITION || 'video';
  if (botToken && !isBotToken(botToken)) {
    fail(
      'BOT_TOKEN is not what @BotFather gives: a number, a colon, and some 35 letters. Copy it again, whole.',
    );
  }
  if (recognition !== 'video' && recognition !== 'images') {
    fail(`RECOGNITION is video or images on one machine, not ${recognition}.`);
  }
  process.stdout.write('Starting…\n');
  // Loaded only now: `--help` and a wrong option should not wait for the engine's libraries.
  const { startHouse } = await import('./house.ts');
  const house = await startHouse({
    folder: path.resolve(settings.data),
    port: settings.port,
    awsPort: settings.awsPort,
    takeOver: settings.takeOver,
    ...(botToken && { botToken }),
    ...(cameraUrl && { cameraUrl }),
    recognition,
    onChatProblem: (problem) => console.error(`${problem.message} Trying again …`),
    onChatEnd: (error) => fail(error),
  });
  endWithSignals(() => house.close());
  house.carols.catch((error) => console.error(`The carols could not be made: ${messageOf(error)}`));

  sayMoved('--port', settings.port, defaults.port, house.pageUrl);
  sayMoved('--aws-port', settings.awsPort, defaults.awsPort, house.awsUrl);
  console.log(`Page: ${house.pageUrl}`);
  console.log(`AWS:  ${house.awsUrl}`);
  if (house.claimLink) console.log(`Open this once on your phone to be the host: ${house.claimLink}`);
  if (house.producerEnv) {
    const file = path.relative('.', house.producerEnv);
    console.log(`Start the producer in another terminal: npm run producer -- --env-file ${file}`);
  }
  console.log('Stop with Ctrl+C.');
  if (settings.open) openInBrowser(house.pageUrl);
}

function read(): Settings {
  try {
    return readSettings(process.argv.slice(2));
  } catch (error) {
    if (error instanceof UsageError) fail(error, 2);
    throw error;
  }
}

/** A default port gave way to another program's: said, so that nobody waits at the wrong address. */
function sayMoved(option: string, { asked }: Settings['port'], byDefault: number, url: string): void {
  const port = Number(new URL(url).port);
  if (!asked && port !== byDefault) {
    console.log(`Port ${byDefault} is taken by another program, so ${port} is used (${option} chooses one).`);
  }
}

/** The first signal ends the house in order; the second ends it at once. */
function endWithSignals(close: () => Promise<void>): void {
  let ending = false;
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(signal, () => {
      // An exit would wait for a thread of FFmpeg's that still reads from the camera.
      if (ending) process.kill(process.pid, 'SIGKILL');
      ending = true;
      close().then(
        () => process.exit(0),
        (error) => fail(error),
      );
    });
  }
}

/** On a machine without a browser the address on the terminal is enough. */
function openInBrowser(url: string): void {
  open(url).then(
    (child) => child.on('error', () => {}),
    () => {},
  );
}

function fail(error: unknown, code = 1): never {
  console.error(messageOf(error));
  process.exit(code);
}

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

main().catch((error) => fail(error));
