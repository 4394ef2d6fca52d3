import { Logger } from '@aws-lambda-powertools/logger';
import { RekognitionClient } from '@aws-sdk/client-rekognition';
import type { Hono } from 'hono';
import { readConfig } from '../party/config.ts';
import { machineClock } from '../party/monotonic-clock.ts';
import { resumeRecognition } from '../party/parties/resume-recognition.ts';
import { createServices } from '../party/services.ts';
import { presignedAddresses } from '../party/stores/presigned.ts';
import { startRecognizer } from '../vision/recognizer.ts';
import { openChat } from './chat/open-chat.ts';
import { Closing } from './closing.ts';
import { openDataFolder } from './data-folder/data-folder.ts';
import { tellWhere } from './data-folder/house-file.ts';
import { lockFolder } from './data-folder/lock.ts';
import { newFolder } from './data-folder/new-folder.ts';
import { removeUnfinishedFiles } from './data-folder/unfinished-files.ts';
import { noteCameraTrouble } from './deployment/camera-trouble.ts';
import { goOnInTime } from './deployment/clock.ts';
import { openDoorCamera } from './deployment/door-camera.ts';
import { giveBackFormerClaims } from './deployment/former-claims.ts';
import { noteInterruptions } from './deployment/interruptions.ts';
import { deployFunctions, openFunctionUrls, startTriggers } from './deployment/lambdas.ts';
import { openAws } from './deployment/open-aws.ts';
import { writeProducerEnv } from './deployment/producer-env.ts';
import { provision } from './deployment/provision.ts';
import { isUntouched } from './deployment/untouched.ts';
import { showWebhookKey } from './deployment/webhook-key.ts';
import { tellOnStderr } from './disk/damage.ts';
import { removeOldAside } from './disk/set-aside.ts';
import { openDoorScreen } from './door-screen/open-door-screen.ts';
import { engineSettings } from './engine-settings.ts';
import { names, pointAtThisMachine } from './environment.ts';
import type { House, HouseOptions } from './house-options.ts';
import { onFreePort } from './http/free-port.ts';
import { starting, withHealth } from './http/health.ts';
import { startHttpServer } from './http/http-server.ts';
import { AsyncInvocations } from './lambda/invoke.ts';
import { lambdaInvoker } from './lambda/invoker.ts';
import { assetsOnceBuilt } from './page/assets.ts';
import type { ChatMode } from './page/mode.ts';
import { pageApp } from './page/page.ts';
import { seenFrames } from './page/seen-frames.ts';
import { PhoneCamera } from './phone-camera/phone-camera.ts';
import { Rehearsal } from './rehearsal/rehearsal.ts';
import { keepWhole } from './repair/keep-whole.ts';
import { LossReport } from './repair/loss-report.ts';
import { LostObjects } from './repair/lost-objects.ts';
import { repairText } from './repair/repair.text.ts';
import { repairCommand } from './repair/repair-command.ts';
import { startError } from './repair/start-error.ts';

/**
 * Starts everything: AWS, the chat, the Lambdas, the camera, the page. Changes this process's environment, so
 * there is one house a process. If anything cannot be started, what was started is ended again, and what was made in a
 * folder in which nothing was is taken away.
 *
 * @throws DataFolderError, FolderInUseError, PortTakenError, and the errors of Telegram's relay; each in words for the
 * host
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
  const { camera, connect: connectCamera } = openDoorCamera(options);
  closing.add(() => camera.close());

  const ending = new AbortController();
  const functions = deployFunctions(ending.signal);
  const engine = engineSettings(process.env);
  const recognizer = await closing.open(
    startRecognizer({ ...engine.options, ...(options.onEngine && { onStart: options.onEngine }) }),
  );
  // What is opened later is closed earlier: the Lambdas finish their work before AWS and the Bot API end. An update
  // that comes meanwhile waits for the next start.
  const events = new AsyncInvocations({ functions, folder, onDamage, now: machineClock.now });
  const lostObjects = new LostObjects();
  const aws = await closing.open(
    openAws(options, {
      camera,
      recognizer,
      engine,
      lostObjects,
      functions: lambdaInvoker(functions, events),
    }),
  );
  const server = await closing.open(onFreePort(options.port, (port) => startHttpServer(port, starting())));
  const chat = await closing.open(openChat(options));
  closing.add(() => events.close());
  const urls = await closing.open(openFunctionUrls(functions));
  closing.add(async () => ending.abort());
  const door = await closing.open(openDoorScreen(options, urls.url('door'), aws.url));
  const telegramRoot = chat.path && `${server.url}${chat.path}`;
  pointAtThisMachine(aws.url, telegramRoot, recognition);
  door.tellFunctions();
  process.env.REPAIR_COMMAND = repairCommand(folder);

  let isNewSecret = false;
  const noteNewSecret = (): void => {
    isNewSecret = true;
  };
  const secret = await provision(chat.token, noteNewSecret, options.arrivalWebhook);
  const cameraUpload = connectCamera(aws);
  closing.add(() => cameraUpload.close());
  const services = createServices(readConfig(process.env), { log: new Logger({ serviceName: 'house' }) });
  if (isNewSecret && !(await isUntouched(services))) onDamage(repairText.secretsAnew);
  await goOnInTime(services);
  const stopNoting = await noteInterruptions(services, camera, startedAt);
  closing.add(async () => stopNoting());
  // A producer looks through a camera of its own, and says itself what is wrong with it.
  if (recognition === 'video') {
    const stopTelling = await noteCameraTrouble(services, camera);
    closing.add(async () => stopTelling());
  }
  const losses = new LossReport(services, lostObjects, repairCommand(folder), onDamage);
  await losses.tell();
  await giveBackFormerClaims(services);
  let connected: ChatMode = { mode: 'local' };
  const unclaimed = async (): Promise<string | undefined> =>
    (await services.hosts.list()).length === 0 ? secret.claimCode : undefined;
  let carols: Promise<void> = Promise.resolve();
  // The producer looks through a camera of its own, to which nothing can be shown.
  const rehearsal =
    chat.telegram && recognition === 'video'
      ? new Rehearsal({
          folder,
          telegram: chat.telegram.telegram,
          camera,
          services,
          aws,
          startCode: unclaimed,
          carols: () => carols,
          onDamage,
        })
      : undefined;
  if (rehearsal) closing.add(() => rehearsal.close());
  const addresses = presignedAddresses(services.config.BUCKET_NAME, services.config.S3_PUBLIC_ROOT);
  const page = async (mode: () => Promise<ChatMode>): Promise<Hono> => {
    const stream = await aws.dataStreams.ensure(names.dataStream);
    const seen = seenFrames(stream, camera, services, new RekognitionClient());
    closing.add(() => seen.close());
    const assets = assetsOnceBuilt();
    const phone = options.lan ? new PhoneCamera({ camera, assets }) : undefined;
    if (phone) closing.add(() => phone.close());
    return pageApp({
      assets,
      ...(phone && { phone }),
      camera,
      mode,
      seenFrames: seen,
      songsAloud: { services: { ...services, addresses }, ending: ending.signal },
      ...(chat.telegram && { telegram: chat.telegram.app }),
      ...(rehearsal && { rehearsal }),
    });
  };
  const app = await page(async () => {
    const startCode = connected.mode === 'local' ? await unclaimed() : undefined;
    return { ...connected, ...(startCode && { startCode }) };
  });
  // The chat on this machine is called through the page's server, so that comes first.
  server.serve(withHealth(app, 'starting', aws.url));
  connected = await chat.connect(urls.url('webhook'), secret, telegramRoot);
  // Only now do the functions find what they need: what the last run left over can go on.
  events.resume();
  const stream = await aws.dataStreams.ensure(names.dataStream);
  await closing.open(startTriggers(functions, stream, folder, onDamage));
  server.serve(withHealth(app, 'ready', aws.url));
  await closing.open(tellWhere(folder, server.url));
  // Not waited for: a recognition that does not start is no reason for the rest not to.
  const resumed = Promise.resolve(rehearsal?.endInterrupted()).then(() => resumeRecognition(services));
  closing.add(() => resumed);

  carols = keepWhole({ folder, objects: aws.objects, services, losses, lostObjects, onDamage }, closing);

  const producerEnv =
    recognition === 'images' ? await writeProducerEnv(folder, aws.url, cameraUrl) : undefined;
  const webhookKeyFile = await showWebhookKey(folder, secret);
  const code = connected.mode === 'telegram' ? await unclaimed() : undefined;
  return {
    pageUrl: server.url,
    awsUrl: aws.url,
    doorUrl: door.url,
    ...(code && { claimLink: `https://t.me/${connected.botUsername}?start=${code}` }),
    ...(connected.mode === 'telegram' && connected.botUsername && { ownBot: connected.botUsername }),
    ...(producerEnv && { producerEnv }),
    ...(webhookKeyFile && { webhookKeyFile }),
    camera,
    services,
    aws,
    ...(chat.telegram && { telegram: chat.telegram.telegram }),
    ...(rehearsal && { rehearsal }),
    carols,
    close: () => closing.close(),
  };
}
