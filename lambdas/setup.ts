import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { Logger } from '@aws-lambda-powertools/logger';
import { IAMClient } from '@aws-sdk/client-iam';
import { RekognitionClient } from '@aws-sdk/client-rekognition';
import { S3Client } from '@aws-sdk/client-s3';
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import type { CloudFormationCustomResourceEvent } from 'aws-lambda';
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
import { readSetupProperties, type SetupProperties } from './setup/properties.ts';
import { setupText as say } from './setup/setup.text.ts';
import { type TearDownServices, tearDown } from './setup/tear-down.ts';
import { whyFailed } from './setup/why-failed.ts';

/** What setting up and tearing down need. */
export interface SetupServices extends TearDownServices, Pick<Services, 'songs' | 'storage'> {
  readonly carols: () => Promise<readonly CarolRecording[]>;
}

/**
 * Makes a house ready for its host, and takes it down again before CloudFormation deletes the rest. Each event may
 * come twice, and a deletion also after a creation that failed at any point: nothing that is wrong or missing
 * keeps a house from being deleted, and what could not be done is said.
 */
export function createSetup(build: () => Promise<SetupServices>): Work {
  return async (event, id, signal) => {
    try {
      const properties = readSetupProperties(event.ResourceProperties);
      if (event.RequestType === 'Delete') return await leave(id, properties, await build(), signal);
      if (isUnchanged(event)) return { status: 'SUCCESS' };
      const services = await build();
      await setUp(id, properties, services);
      if (event.RequestType === 'Update') {
        const before = event.OldResourceProperties;
        await leaveFormerBot(before.BotSecretVersion, properties, services);
        // A house that recognises otherwise now, or goes to sleep, leaves its stream processor behind.
        if (before.VideoStreamName && before.VideoStreamName !== properties.VideoStreamName)
          await removeStreamProcessor(services.rekognition, before.VideoStreamName, signal);
      }
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

const isUnchanged = (event: CloudFormationCustomResourceEvent): boolean =>
  event.RequestType === 'Update' && isDeepStrictEqual(event.ResourceProperties, event.OldResourceProperties);

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
  formerVersion: string | undefined,
  { WebhookUrl, BotSecretId, BotSecretVersion }: SetupProperties,
  { secrets, api, log }: SetupServices,
): Promise<void> {
  if (formerVersion === undefined || formerVersion === BotSecretVersion) return;
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
  const { setups, log } = services;
  const left = await setups.remove(id).catch((error: unknown) => {
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
    api: (token) => createPatientApi(token, config.TELEGRAM_API_ROOT),
  };
});

/** Lambda's entry: a custom resource of the stack. */
export const handler: CustomResource = createCustomResource(createSetup(built), log);
