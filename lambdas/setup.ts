import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { Logger } from '@aws-lambda-powertools/logger';
import { IAMClient } from '@aws-sdk/client-iam';
import { RekognitionClient } from '@aws-sdk/client-rekognition';
import { S3Client } from '@aws-sdk/client-s3';
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { createPatientApi } from '../bot/webhook.ts';
import { buildOnce } from '../party/build-once.ts';
import { readConfig } from '../party/config.ts';
import { loggable } from '../party/loggable.ts';
import { createServices } from '../party/services.ts';
import type { CarolRecording } from '../party/songs/carol-songs.ts';
import { Setups } from '../party/stores/setups.ts';
import { change } from './setup/change.ts';
import {
  type CustomResource,
  createCustomResource,
  type Outcome,
  type Work,
} from './setup/custom-resource.ts';
import { within } from './setup/in-time.ts';
import { readSetupProperties, type SetupProperties } from './setup/properties.ts';
import { type SetupServices, setUp } from './setup/set-up.ts';
import { setupText as say } from './setup/setup.text.ts';
import { patience, tearDown } from './setup/tear-down.ts';
import { whyFailed } from './setup/why-failed.ts';

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
