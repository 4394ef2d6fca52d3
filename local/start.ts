import { existsSync } from 'node:fs';
import path from 'node:path';
import open from 'open';
import { hostOf, readWebhookAddress } from '../party/automation/webhook-address.ts';
import { checkEnvFile } from '../party/env-file.ts';
import { isBotToken } from '../party/stores/secret.ts';
import { cameraAddress } from '../producer/camera/camera-address.ts';
import { endWithSignals, fail, messageOf, sayMoved } from './command-line/terminal.ts';
import { endIfFrozen } from './command-line/watchdog.ts';
import { lanNotice } from './door-screen/lan-notice.ts';
import { endHouse } from './end-house.ts';
import { PortTakenError } from './http/listen.ts';
import { readyNotice } from './ready-notice.ts';
import { readSettings, type Settings, usage } from './settings.ts';

/** `npm start`: reads the command line and `.env`, starts the house, prints where it is, and ends it when asked. */
async function main(): Promise<void> {
  const settings = readSettings(process.argv.slice(2));
  if (settings.help) {
    process.stdout.write(usage);
    return;
  }
  checkEnvFile('.env');
  if (existsSync('.env')) process.loadEnvFile('.env');
  const { BOT_TOKEN: botToken, CAMERA_URL, ARRIVAL_WEBHOOK } = process.env;
  const arrivalWebhook = ARRIVAL_WEBHOOK && readWebhookAddress(ARRIVAL_WEBHOOK, { fromHome: true });
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
  const { carols } = await import('../carols/index.ts');
  const house = await startHouse({
    folder: path.resolve(settings.data),
    port: settings.port,
    awsPort: settings.awsPort,
    doorPort: settings.doorPort,
    lan: settings.lan,
    takeOver: settings.takeOver,
    ...(botToken && { botToken }),
    ...(cameraUrl && { cameraUrl }),
    ...(arrivalWebhook && { arrivalWebhook }),
    recognition,
    onChatProblem: (problem) => console.error(`${problem.message} Trying again …`),
    onChatEnd: fail,
  }).catch((error) => fail(withPortOption(error, settings)));
  endWithSignals(() => endHouse(house, path.resolve(settings.data)));
  endIfFrozen();
  let carolsReady = false;
  house.carols.then(
    () => {
      carolsReady = true;
    },
    (error) => console.error(`The carols could not be made: ${messageOf(error)}`),
  );

  sayMoved('--port', settings.port, house.pageUrl);
  sayMoved('--aws-port', settings.awsPort, house.awsUrl);
  sayMoved('--door-port', settings.doorPort, house.doorUrl);
  console.log(
    readyNotice({
      seconds: process.uptime(),
      pageUrl: house.pageUrl,
      awsUrl: house.awsUrl,
      data: settings.data,
      ownBot: house.ownBot,
      ownCamera: cameraUrl !== undefined && cameraUrl !== '',
      carols: { number: carols.length, ready: carolsReady },
    }),
  );
  if (settings.lan) console.log(await lanNotice(house));
  if (house.claimLink) console.log(`Open this once on your phone to be the host: ${house.claimLink}`);
  if (house.producerEnv) {
    const file = path.relative('.', house.producerEnv);
    console.log(`Start the producer in another terminal: npm run producer -- --env-file ${file}`);
  }
  if (arrivalWebhook && house.webhookKeyFile) {
    const file = path.relative('.', house.webhookKeyFile);
    console.log(`Arrivals go to ${hostOf(arrivalWebhook)}, too. They are signed with the key in ${file}.`);
  }
  console.log('Stop with Ctrl+C.');
  if (settings.open) openInBrowser(house.pageUrl);
}

/** A port that is taken was chosen by one of the options: says how that one takes any free port. */
function withPortOption(error: unknown, { port, awsPort, doorPort }: Settings): unknown {
  if (!(error instanceof PortTakenError)) return error;
  const options = { '--port': port, '--aws-port': awsPort, '--door-port': doorPort };
  const [option] = Object.entries(options).find(([, { number }]) => number === error.port) ?? [];
  return option ? `${error.message} "npm start -- ${option} 0" takes any free one.` : error;
}

/** On a machine without a browser the address on the terminal is enough. */
function openInBrowser(url: string): void {
  open(url).then(
    (child) => child.on('error', () => {}),
    () => {},
  );
}

main().catch(fail);
