import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { Logger } from '@aws-lambda-powertools/logger';
import { IAMClient } from '@aws-sdk/client-iam';
import { RekognitionClient } from '@aws-sdk/client-rekognition';
import { S3Client } from '@aws-sdk/client-s3';
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { botIdOf } from '../bot/api.ts';
import { connectWebhook, createPatientApi, disconnectWebhook } from '../bot/webhook.ts';
import { buildOnce } from '../party/build-once.ts';
import { readConfig } from '../party/config.ts';
import { loggable } from '../party/loggable.ts';
import { removeStreamProcessor } from '../party/recognition/remove-stream-processor.ts';
import { createServices, type Services } from '../party/services.ts';
import { addCarolSongs, type CarolRecording } from '../party/songs/carol-songs.ts';
import { readBotSecret } from '../party/stores/secret.ts';
import { Setups } from '../party/stores/setups.ts';
import {
  type CustomResource,
  createCustomResource,
  type Outcome,
  type Work,
} from './setup/custom-resource.ts';
import { within } from './setup/in-time.ts';
import { readSetupProperties, type SetupProperties } from './setup/properties.ts';
import { setupText as say } from './setup/setup.text.ts';
import { patience, type TearDownServices, tearDown } from './setup/tear-down.ts';
import { whyFailed } from './setup/why-failed.ts';

/** What setting up and tearing down need. */
export interface SetupServices extends TearDownServices, Pick<Services, 'songs' | 'storage'> {
  readonly carols: () => Promise<readonly CarolRecording[]>;
}

/**
 * Makes a house ready for its host, and takes it down again before CloudFormation deletes the rest. Each event may
 * come twice, and a deletion also after a creation that failed at any point: nothing that is wrong or missing
 * keeps a house from being deleted, and what could not be done is said. Nor does it keep a house from going to sleep, or
 * from recognising by images again: that ends what costs money.
 */
export function createSetup(build: () => Promise<SetupServices>): Work {
  return async (event, id, signal) => {
    try {
      const properties = readSetupProperties(event.ResourceProperties);
      if (event.RequestType === 'Delete') return await leave(id, properties, await build(), signal);
      if (event.RequestType === 'Create') await setUp(id, properties, await build());
      if (event.RequestType === 'Update')
        return await change(id, properties, event.OldResourceProperties, await build(), signal);
      return { status: 'SUCCESS' };
    } catch (error) {
      signal.throwIfAborted();
      const why = whyFailed(error);
      return event.RequestType === 'Delete'
        ? { status: 'SUCCESS', reason: say.notDone([why]) }
        : { status: 'FAILED', reason: why };
    }
  };
}

/** What is set up by: while these stay, what was set up holds. */
const setUpBy = ['WebhookUrl', 'BotSecretId', 'BotSecretVersion', 'BucketName', 'Version'] as const;
/** While these stay, the bot reaches the house as before. */
const reachedBy = ['WebhookUrl', 'BotSecretId', 'BotSecretVersion'] as const;

type Before = Readonly<Record<string, unknown>>;

async function change(
  id: string,
  properties: SetupProperties,
  before: Before,
  services: SetupServices,
  signal: AbortSignal,
): Promise<Outcome> {
  const notDone: string[] = [];
  const stays = (names: readonly (keyof SetupProperties)[]) =>
    names.every((name) => properties[name] === before[name]);
  if (!stays(setUpBy)) {
    const must = !stays(reachedBy) || !isLeaving(properties, before);
    const done = must
      ? setUp(id, properties, services)
      : within(services.patience.settingUp, signal, () => setUp(id, properties, services));
    await done.catch((error: unknown) => {
      signal.throwIfAborted();
      if (must) throw error;
      services.log.warn('What is new was not set up', loggable(error));
      notDone.push(say.notSetUp(whyFailed(error)));
    });
    await leaveFormerBot(before.BotSecretVersion, properties, services);
  }
  const former = before.VideoStreamName;
  if (typeof former === 'string' && former !== properties.VideoStreamName)
    notDone.push(...(await leaveProcessor(former, services, signal)));
  return { status: 'SUCCESS', ...(notDone.length > 0 && { reason: notDone.join(' ') }) };
}

/** Whether a house goes to sleep, or leaves recognition by video, so that it costs less afterwards. */
const isLeaving = ({ Recognition, VideoStreamName }: SetupProperties, before: Before): boolean =>
  (Recognition === 'asleep' && before.Recognition !== 'asleep') ||
  (before.VideoStreamName !== undefined && VideoStreamName === undefined);

/**
 * A house that recognises otherwise now, or goes to sleep, leaves its stream processor behind. One that cannot be
 * removed ends by itself, when CloudFormation deletes the streams that it reads and writes.
 *
 * @returns what could not be done, in words
 */
async function leaveProcessor(
  name: string,
  { rekognition, log, patience }: SetupServices,
  signal: AbortSignal,
): Promise<string[]> {
  try {
    await within(patience.processor, signal, (own) => removeStreamProcessor(rekognition, name, own));
    return [];
  } catch (error) {
    signal.throwIfAborted();
    log.warn('The stream processor was not removed', loggable(error));
    return [say.processorStays(name, whyFailed(error))];
  }
}

async function setUp(
  id: string,
  { WebhookUrl, BotSecretId, BotSecretVersion }: SetupProperties,
  services: SetupServices,
): Promise<void> {
  const { setups, secrets, api, carols } = services;
  await setups.add(id);
  // Read anew each time: a host who deploys again may have changed the token.
  const { token, webhookSecret } = await readBotSecret(secrets, BotSecretId, BotSecretVersion);
  await connectWebhook(api(token), { url: WebhookUrl, webhookSecret });
  await addCarolSongs(await carols(), services);
}

/** The bot that was the house's before sends it no updates any more. Never throws: it may not be there any more. */
async function leaveFormerBot(
  formerVersion: unknown,
  { WebhookUrl, BotSecretId, BotSecretVersion }: SetupProperties,
  { secrets, api, log }: SetupServices,
): Promise<void> {
  if (typeof formerVersion !== 'string' || formerVersion === BotSecretVersion) return;
  try {
    const former = await readBotSecret(secrets, BotSecretId, formerVersion);
    const { token } = await readBotSecret(secrets, BotSecretId, BotSecretVersion);
    if (botIdOf(former.token) !== botIdOf(token)) await disconnectWebhook(api(former.token), WebhookUrl);
  } catch (error) {
    log.warn('The former bot may still have its webhook', loggable(error));
  }
}

async function leave(
  id: string,
  properties: SetupProperties,
  services: SetupServices,
  signal: AbortSignal,
): Promise<Outcome> {
  const { setups, log, patience } = services;
  const others = within(patience.calls, signal, () => setups.remove(id));
  const left = await others.catch((error: unknown) => {
    signal.throwIfAborted();
    // Without its table the house is no house any more.
    log.warn('Other setups are not known', loggable(error));
    return [];
  });
  if (left.length > 0) return { status: 'SUCCESS', reason: say.replaced };
  const notDone = await tearDown(properties, services, signal);
  return { status: 'SUCCESS', ...(notDone.length > 0 && { reason: say.notDone(notDone) }) };
}

/** The recordings that were rendered when this Lambda was bundled, beside it (`carols/asset.ts`). */
async function bundledCarols(): Promise<CarolRecording[]> {
  const folder = path.join(process.env.LAMBDA_TASK_ROOT ?? '.', 'carols');
  const list = JSON.parse(await readFile(path.join(folder, 'carols.json'), 'utf8')) as CarolRecording[];
  return list.map((recording) => ({ ...recording, path: path.join(folder, recording.path) }));
}

const log = new Logger({ serviceName: 'setup' });

const built = buildOnce(async (): Promise<SetupServices> => {
  const { songs, storage, table, config } = createServices(readConfig(process.env), { log });
  return {
    log,
    songs,
    storage,
    setups: new Setups(table),
    carols: bundledCarols,
    secrets: new SecretsManagerClient(),
    rekognition: new RekognitionClient(),
    s3: new S3Client(),
    iam: new IAMClient(),
    patience,
    api: (token) => createPatientApi(token, config.TELEGRAM_API_ROOT),
  };
});

/** Lambda's entry: a custom resource of the stack. */
export const handler: CustomResource = createCustomResource(createSetup(built), log);
