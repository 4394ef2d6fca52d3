import { Logger } from '@aws-lambda-powertools/logger';
import type { Hono } from 'hono';
import { readConfig } from '../party/config.ts';
import { machineClock } from '../party/monotonic-clock.ts';
import { resumeRecognition } from '../party/parties/resume-recognition.ts';
import { createServices, type Services } from '../party/services.ts';
import { openCamera } from '../producer/camera/camera.ts';
import { type Recognizer, startRecognizer } from '../vision/recognizer.ts';
import { type Aws, startAws } from './aws/aws.ts';
import type { LambdaInvoker } from './aws/lambda.ts';
import { type Camera, createCamera } from './camera/camera.ts';
import { localBotToken } from './chat/bot-token.ts';
import { type Chat, chatOnThisMachine, realTelegram } from './chat/chat.ts';
import { Closing } from './closing.ts';
import { messageOf } from './command-line/terminal.ts';
import { openDataFolder } from './data-folder/data-folder.ts';
import { tellWhere } from './data-folder/house-file.ts';
import { lockFolder } from './data-folder/lock.ts';
import { newFolder } from './data-folder/new-folder.ts';
import { removeUnfinishedFiles } from './data-folder/unfinished-files.ts';
import { addCarols } from './deployment/carols.ts';
import { goOnInTime } from './deployment/clock.ts';
import { giveBackFormerClaims } from './deployment/former-claims.ts';
import { noteInterruptions } from './deployment/interruptions.ts';
import { deployFunctions, openWebhook, startTriggers } from './deployment/lambdas.ts';
import { writeProducerEnv } from './deployment/producer-env.ts';
import { provision } from './deployment/provision.ts';
import { type OnDamage, tellOnStderr } from './disk/damage.ts';
import { removeOldAside } from './disk/set-aside.ts';
import { credentials, type LocalRecognition, names, pointAtThisMachine } from './environment.ts';
import { faceEngine } from './face-engine.ts';
import { onFreePort, type Port } from './http/free-port.ts';
import { starting, withHealth } from './http/health.ts';
import { startHttpServer } from './http/http-server.ts';
import { AsyncInvocations } from './lambda/invoke.ts';
import { lambdaInvoker } from './lambda/invoker.ts';
import type { ChatMode } from './page/mode.ts';
import { pageApp } from './page/page.ts';
import { seenFrames } from './page/seen-frames.ts';
import { LossReport } from './repair/loss-report.ts';
import { LostObjects } from './repair/lost-objects.ts';
import { repairText } from './repair/repair.text.ts';
import { repairCommand } from './repair/repair-command.ts';
import { startError } from './repair/start-error.ts';
import type { TelegramApp } from './telegram/app.ts';

/** How the house on this machine is run. */
export interface HouseOptions {
  /** The data folder. */
  readonly folder: string;
  readonly port: Port;
  readonly awsPort: Port;
  /** Without it, the chat is on the page. */
  readonly botToken?: string;
  readonly takeOver?: boolean;
  /** The camera's RTSP address; it may hold a password. */
  readonly cameraUrl?: string;
  /** `images` leaves the recognising to the producer, run beside this; `video` when not given. */
  readonly recognition?: LocalRecognition;
  /** Told what does not work with the real Telegram for now and is tried again. */
  readonly onChatProblem?: (problem: Error) => void;
  /** Called when the updates of the real Telegram stop coming. */
  readonly onChatEnd?: (error: unknown) => void;
  /** Told of what was found damaged and put right, and of what is lost; standard error by default. */
  readonly onDamage?: OnDamage;
  /** Told the process id of each recognition engine that is started. */
  readonly onEngine?: (pid: number) => void;
}

/** The whole product on this machine, running. */
export interface House {
  readonly pageUrl: string;
  readonly awsUrl: string;
  /** Makes the one who opens it the host; undefined when there is a host, or the chat is on the page. */
  readonly claimLink?: string;
  /** The settings for the producer, when it does the recognising. */
  readonly producerEnv?: string;
  readonly camera: Camera;
  readonly services: Services;
  readonly aws: Aws;
  /** The world behind the chat on the page: its faults are for tests. */
  readonly telegram?: TelegramApp['telegram'];
  /** Settles when the carols are there, or the house is closed meanwhile. */
  readonly carols: Promise<void>;
  close(): Promise<void>;
}

/**
 * Starts everything: AWS, the chat, the Lambdas, the camera, the page. Changes this process's environment, so
 * there is one house a process. If anything cannot be started, what was started is ended again, and what was made in a
 * folder in which nothing was is taken away.
 *
 * @throws DataFolderError, FolderInUseError, PortTakenError, and the errors of Telegram's relay; each in words for the host
 */
export async function startHouse(options: HouseOptions): Promise<House> {
  const { folder } = options;
  const closing = new Closing();
  let takeAway: (() => void) | undefined;
  try {
    const made = newFolder(folder);
    openDataFolder(folder);
    closing.add(await lockFolder(folder));
    // What is locked is this start's own, and nobody else's who starts at the same time.
    takeAway = made;
    return await openHouse(options, closing);
  } catch (error) {
    // What cannot be ended in order is no reason to keep the host from hearing why it did not start.
    await closing.close().catch(() => {});
    takeAway?.();
    throw startError(error, folder);
  }
}

async function openHouse(options: HouseOptions, closing: Closing): Promise<House> {
  const { folder, cameraUrl, recognition = 'video', onDamage = tellOnStderr } = options;
  const startedAt = machineClock.now();
  removeUnfinishedFiles(folder);
  removeOldAside(folder);
  const camera = createCamera({ folder, onDamage, open: openCamera, ...(cameraUrl && { cameraUrl }) });
  closing.add(() => camera.close());

  const functions = deployFunctions();
  const recognizer = await closing.open(
    startRecognizer({ ...(options.onEngine && { onStart: options.onEngine }) }),
  );
  // What is opened later is closed earlier: the Lambdas finish their work before AWS and the Bot API end. An update
  // that comes meanwhile waits for the next start.
  const events = new AsyncInvocations({ functions, folder, onDamage });
  const lostObjects = new LostObjects();
  const aws = await closing.open(
    openAws(options, { camera, recognizer, lostObjects, functions: lambdaInvoker(functions, events) }),
  );
  const server = await closing.open(onFreePort(options.port, (port) => startHttpServer(port, starting())));
  const chat = await closing.open(openChat(options));
  closing.add(() => events.close());
  const webhook = await closing.open(openWebhook(functions));
  const telegramRoot = chat.path && `${server.url}${chat.path}`;
  pointAtThisMachine(aws.url, telegramRoot, recognition);
  process.env.REPAIR_COMMAND = repairCommand(folder);

  let isNewSecret = false;
  const secret = await provision(chat.token, () => {
    isNewSecret = true;
  });
  const services = createServices(readConfig(process.env), { log: new Logger({ serviceName: 'house' }) });
  if (isNewSecret && !(await isNewHouse(services))) onDamage(repairText.secretsAnew);
  await goOnInTime(services);
  const stopNoting = await noteInterruptions(services, camera, startedAt);
  closing.add(async () => stopNoting());
  const losses = new LossReport(services, lostObjects, repairCommand(folder), onDamage);
  await losses.tell();
  await giveBackFormerClaims(services);
  const page = async (mode: () => Promise<ChatMode>): Promise<Hono> => {
    const stream = await aws.dataStreams.ensure(names.dataStream);
    return pageApp({
      camera,
      mode,
      seenFrames: seenFrames(stream, camera, services),
      ...(chat.telegram && { telegram: chat.telegram.app }),
    });
  };
  let connected: ChatMode = { mode: 'local' };
  const unclaimed = async (): Promise<string | undefined> =>
    (await services.hosts.list()).length === 0 ? secret.claimCode : undefined;
  const app = await page(async () => {
    const startCode = connected.mode === 'local' ? await unclaimed() : undefined;
    return { ...connected, ...(startCode && { startCode }) };
  });
  // The chat on this machine is called through the page's server, so that comes first.
  server.serve(withHealth(app, 'starting', aws.url));
  connected = await chat.connect(webhook.url, secret, telegramRoot);
  // Only now do the functions find what they need: what the last run left over can go on.
  events.resume();
  const stream = await aws.dataStreams.ensure(names.dataStream);
  await closing.open(startTriggers(functions, stream, folder, onDamage));
  server.serve(withHealth(app, 'ready', aws.url));
  await closing.open(tellWhere(folder, server.url));
  // Not waited for: a recognition that does not start is no reason for the rest not to.
  const resumed = resumeRecognition(services);
  closing.add(() => resumed);

  const ending = new AbortController();
  const putCarols = async (): Promise<void> => {
    const putBack = await addCarols(folder, services, ending.signal);
    if (putBack.length > 0) onDamage(repairText.carolsBack(putBack));
  };
  const unlessEnding = (error: unknown): void => {
    if (!ending.signal.aborted) throw error;
  };
  const carols = putCarols().catch(unlessEnding);
  // Every byte of every photo and song: too much to wait for.
  const checked = aws.objects
    .check(ending.signal)
    .then(async () => {
      if (!lostObjects.someWait) return;
      await carols;
      const { carols: gone } = await losses.tell();
      if (gone.length > 0) await putCarols();
    })
    .catch(unlessEnding)
    .catch((error) => console.error(messageOf(error)));
  closing.add(() => {
    ending.abort();
    // That they could not be made was told to who waits for them; it keeps nothing from ending.
    return Promise.all([checked, carols.catch(() => {})]);
  });

  const producerEnv =
    recognition === 'images' ? await writeProducerEnv(folder, aws.url, cameraUrl) : undefined;
  const code = connected.mode === 'telegram' ? await unclaimed() : undefined;
  return {
    pageUrl: server.url,
    awsUrl: aws.url,
    ...(code && { claimLink: `https://t.me/${connected.botUsername}?start=${code}` }),
    ...(producerEnv && { producerEnv }),
    camera,
    services,
    aws,
    ...(chat.telegram && { telegram: chat.telegram.telegram }),
    carols,
    close: () => closing.close(),
  };
}

/** Whether nobody has done anything in it yet. */
async function isNewHouse({ hosts, guests, parties }: Services): Promise<boolean> {
  const [known, invited, past] = await Promise.all([hosts.list(), guests.list(), parties.lastPast()]);
  return known.length === 0 && invited.length === 0 && past === undefined;
}

/** What AWS on this machine works with. */
interface AwsParts {
  readonly camera: Camera;
  readonly recognizer: Recognizer;
  readonly lostObjects: LostObjects;
  readonly functions: LambdaInvoker;
}

/** AWS on its port. */
function openAws(
  { folder, awsPort, onDamage }: HouseOptions,
  { camera, recognizer, lostObjects, functions }: AwsParts,
): Promise<Aws> {
  return onFreePort(awsPort, (port) =>
    startAws({
      port,
      now: machineClock.now,
      folder,
      onDamage,
      onObjectLost: lostObjects.note,
      credentials,
      media: (stream) => (stream === names.videoStream ? camera : undefined),
      engine: faceEngine(recognizer),
      functions,
    }),
  );
}

async function openChat(options: HouseOptions): Promise<Chat> {
  const { folder, botToken: token, takeOver = false, onDamage } = options;
  const { onChatProblem: onProblem = () => {}, onChatEnd: onEnd = () => {} } = options;
  if (token) return realTelegram({ folder, token, takeOver, onProblem, onEnd });
  return chatOnThisMachine(folder, await localBotToken(folder, { onDamage }), { onDamage });
}
