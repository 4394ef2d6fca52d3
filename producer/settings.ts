import { z } from 'zod';
import { CameraAddressError, cameraAddress } from './camera/camera-address.ts';

/** What the producer needs to know, however it recognises. */
interface CommonSettings {
  readonly region: string;
  readonly table: string;
  /** The camera's address as `openCamera` takes it, with user and password; never shown. */
  readonly camera: string;
  /** Where it is written how the producer is, for the container's health check. */
  readonly healthFile: string | undefined;
}

/** For the recognition by images: the producer finds the faces itself. */
export interface ImagesSettings extends CommonSettings {
  readonly recognition: 'images';
  readonly bucket: string;
  readonly collection: string;
  readonly dataStream: string;
  /** How many faces are searched in a party at most. */
  readonly mostSearches: number;
}

/** For the recognition by video: the producer uploads what the camera sends. */
export interface VideoSettings extends CommonSettings {
  readonly recognition: 'video';
  readonly videoStream: string;
}

/** What the producer needs to know. */
export type Settings = ImagesSettings | VideoSettings;

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

const common = {
  AWS_REGION: text('the AWS Region that you deployed to, such as eu-central-1').regex(
    /^[a-z]{2}(-[a-z]+)+-\d+$/,
    'is no Region of AWS; one is written like eu-central-1',
  ),
  TABLE_NAME: text("the stack's output TableName"),
  HEALTH_FILE: optional,
};

const images = z.object({
  RECOGNITION: z.literal('images'),
  ...common,
  BUCKET_NAME: text("the stack's output BucketName"),
  COLLECTION_ID: text("the stack's output CollectionId"),
  DATA_STREAM_NAME: text("the stack's output DataStreamName"),
  SEARCHES_PER_PARTY: optional
    .refine(
      (value) => value === undefined || /^[1-9]\d{0,8}$/.test(value),
      'has to be a whole number above 0',
    )
    .transform((value) => (value === undefined ? usualMostSearches : Number(value))),
});

const video = z.object({
  RECOGNITION: z.literal('video'),
  ...common,
  VIDEO_STREAM_NAME: text("the stack's output VideoStreamName"),
});

const environment = z.discriminatedUnion('RECOGNITION', [images, video], {
  error: 'is neither images nor video, the two ways to recognise',
});

/**
 * Reads the settings from the environment.
 *
 * @throws {SettingsError}
 */
export function readSettings(env: Readonly<Record<string, string | undefined>>): Settings {
  const wrong: string[] = [];
  // As it is for a house that says nothing of it.
  const result = environment.safeParse({ ...env, RECOGNITION: env.RECOGNITION?.trim() || 'images' });
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
  const both = { region: data.AWS_REGION, table: data.TABLE_NAME, camera, healthFile: data.HEALTH_FILE };
  if (data.RECOGNITION === 'video') {
    return { recognition: 'video', ...both, videoStream: data.VIDEO_STREAM_NAME };
  }
  return {
    recognition: 'images',
    ...both,
    bucket: data.BUCKET_NAME,
    collection: data.COLLECTION_ID,
    dataStream: data.DATA_STREAM_NAME,
    mostSearches: data.SEARCHES_PER_PARTY,
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
