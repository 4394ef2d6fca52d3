import { z } from 'zod';
import { CameraAddressError, cameraAddress } from './camera/camera-address.ts';

/** What the producer needs to know. */
export interface Settings {
  readonly region: string;
  readonly table: string;
  readonly bucket: string;
  readonly collection: string;
  readonly dataStream: string;
  /** The camera's address as `openCamera` takes it, with user and password; never shown. */
  readonly camera: string;
  /** How many faces are searched in a party at most. */
  readonly mostSearches: number;
  /** Where it is written how the producer is, for the container's health check. */
  readonly healthFile: string | undefined;
}

/** A setting is missing or wrong; the message names each and says what to set. */
export class SettingsError extends Error {
  override readonly name = 'SettingsError';
}

/** A party with thirty guests takes some three hundred; this many cost $20 on AWS. */
const usualMostSearches = 20_000;

const text = (what: string) => z.string(`is not set: ${what}`).trim().min(1, `is empty: ${what}`);

/** What is left empty in a file of settings is not set. */
const optional = z
  .string()
  .optional()
  .transform((value) => value?.trim() || undefined);

const environment = z.object({
  AWS_REGION: text('the AWS Region that you deployed to, such as eu-central-1').regex(
    /^[a-z]{2}(-[a-z]+)+-\d+$/,
    'is no Region of AWS; one is written like eu-central-1',
  ),
  TABLE_NAME: text("the stack's output TableName"),
  BUCKET_NAME: text("the stack's output BucketName"),
  COLLECTION_ID: text("the stack's output CollectionId"),
  DATA_STREAM_NAME: text("the stack's output DataStreamName"),
  HEALTH_FILE: optional,
  SEARCHES_PER_PARTY: optional
    .refine(
      (value) => value === undefined || /^[1-9]\d{0,8}$/.test(value),
      'has to be a whole number above 0',
    )
    .transform((value) => (value === undefined ? usualMostSearches : Number(value))),
});

/**
 * Reads the settings from the environment.
 *
 * @throws {SettingsError}
 */
export function readSettings(env: Readonly<Record<string, string | undefined>>): Settings {
  const wrong: string[] = [];
  const result = environment.safeParse(env);
  if (!result.success) {
    wrong.push(...result.error.issues.map(({ path, message }) => `${path.join('.')} ${message}`));
  }
  const camera = readCamera(env, wrong);
  if (!result.success || camera === undefined) {
    throw new SettingsError(
      `The settings are not complete. They stand in producer.env, which npm run deploy writes:\n  ${wrong.join('\n  ')}`,
    );
  }
  const { data } = result;
  return {
    region: data.AWS_REGION,
    table: data.TABLE_NAME,
    bucket: data.BUCKET_NAME,
    collection: data.COLLECTION_ID,
    dataStream: data.DATA_STREAM_NAME,
    camera,
    mostSearches: data.SEARCHES_PER_PARTY,
    healthFile: data.HEALTH_FILE,
  };
}

function readCamera(env: Readonly<Record<string, string | undefined>>, wrong: string[]): string | undefined {
  try {
    return cameraAddress(env);
  } catch (error) {
    if (!(error instanceof CameraAddressError)) throw error;
    wrong.push(error.message);
    return undefined;
  }
}
