import type { IAMClient } from '@aws-sdk/client-iam';
import type { RekognitionClient } from '@aws-sdk/client-rekognition';
import { NoSuchBucket, type S3Client } from '@aws-sdk/client-s3';
import type { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import type { Api } from 'grammy';
import { disconnectWebhook } from '../../bot/webhook.ts';
import { second } from '../../party/clock.ts';
import type { Log } from '../../party/log.ts';
import { loggable } from '../../party/loggable.ts';
import { removeStreamProcessor } from '../../party/recognition/remove-stream-processor.ts';
import { emptyBucket } from '../../party/stores/empty-bucket.ts';
import { readBotSecret } from '../../party/stores/secret.ts';
import type { Setups } from '../../party/stores/setups.ts';
import { within } from './in-time.ts';
import { deleteKeysOf } from './producer-keys.ts';
import type { SetupProperties } from './properties.ts';
import { setupText as say } from './setup.text.ts';
import { whyFailed } from './why-failed.ts';

/** What tearing down needs. */
export interface TearDownServices {
  readonly log: Log;
  readonly setups: Setups;
  readonly secrets: SecretsManagerClient;
  readonly rekognition: RekognitionClient;
  readonly s3: S3Client;
  readonly iam: IAMClient;
  /** The Bot API for a token. */
  readonly api: (token: string) => Api;
  /** How long each of its steps may take. */
  readonly patience: Patience;
}

/** How long a step may take, in milliseconds. Emptying a bucket may take all the time that there is. */
export interface Patience {
  /** Setting up. */
  readonly settingUp: number;
  /** Some calls. */
  readonly calls: number;
  /** Stopping a stream processor and deleting it. */
  readonly processor: number;
}

/** Of the Lambda's five minutes the steps of a deletion leave two for the bucket. */
export const patience: Patience = { settingUp: 60 * second, calls: 20 * second, processor: 90 * second };

/**
 * Takes away what CloudFormation cannot, or would fail at. Each step is tried whatever became of the one before,
 * and what is not there is as good as gone. Nobody who gives no answer keeps the others waiting.
 *
 * @returns what could not be done, in words for the host
 * @throws the signal's reason when time is up
 */
export async function tearDown(
  properties: SetupProperties,
  { log, secrets, rekognition, s3, iam, api, patience }: TearDownServices,
  signal: AbortSignal,
): Promise<string[]> {
  const { WebhookUrl, BotSecretId, BotSecretVersion, BucketName, EmptyBucket } = properties;
  const { VideoStreamName, ProducerUserName } = properties;
  const notDone: string[] = [];

  async function attempt(
    milliseconds: number,
    step: (signal: AbortSignal) => Promise<void>,
    inWords: (why: string) => string,
  ): Promise<void> {
    try {
      signal.throwIfAborted();
      await within(milliseconds, signal, step);
    } catch (error) {
      signal.throwIfAborted();
      log.warn('A step of the tearing down failed', loggable(error));
      notDone.push(inWords(whyFailed(error)));
    }
  }

  // First the webhook: nobody starts a party any more.
  await attempt(
    patience.calls,
    async () => {
      const { token } = await readBotSecret(secrets, BotSecretId, BotSecretVersion);
      if (!(await disconnectWebhook(api(token), WebhookUrl)))
        log.info('The webhook leads elsewhere and stays');
    },
    say.webhookStays,
  );
  if (VideoStreamName) {
    await attempt(
      patience.processor,
      (own) => removeStreamProcessor(rekognition, VideoStreamName, own),
      (why) => say.processorStays(VideoStreamName, why),
    );
  }
  if (ProducerUserName) {
    await attempt(
      patience.calls,
      (own) => deleteKeysOf(iam, ProducerUserName, own),
      (why) => say.keysStay(ProducerUserName, why),
    );
  }
  if (EmptyBucket === 'true') {
    await attempt(
      Number.POSITIVE_INFINITY,
      () => emptyBucket(s3, BucketName, signal).catch(unlessGone),
      (why) => say.bucketStays(BucketName, why),
    );
  }
  return notDone;
}

function unlessGone(error: unknown): void {
  if (!(error instanceof NoSuchBucket)) throw error;
}
