import path from 'node:path';
import { writeFileAtomic } from '../disk/atomic-file.ts';
import { credentials, names } from '../environment.ts';

/**
 * Writes the settings that the producer needs for AWS on this machine, as `npm run deploy` writes them for the real
 * one. The camera's password may be in it: nobody else can read the file.
 *
 * @param cameraUrl the camera's address; undefined leaves it to the producer's own environment
 * @returns the file's path
 */
export async function writeProducerEnv(
  folder: string,
  awsUrl: string,
  cameraUrl: string | undefined,
): Promise<string> {
  const settings = {
    RECOGNITION: 'images',
    AWS_ENDPOINT_URL: awsUrl,
    AWS_REGION: names.region,
    AWS_ACCESS_KEY_ID: credentials.accessKeyId,
    AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
    TABLE_NAME: names.table,
    BUCKET_NAME: names.bucket,
    COLLECTION_ID: names.collection,
    DATA_STREAM_NAME: names.dataStream,
    ...(cameraUrl && { CAMERA_URL: cameraUrl }),
  };
  const file = path.join(folder, 'producer.env');
  const lines = Object.entries(settings).map(([name, value]) => `${name}=${quoted(value)}\n`);
  await writeFileAtomic(file, lines.join(''), { mode: 0o600 });
  return file;
}

/**
 * As Node and Compose both read it: within single quotes nothing is special. No value has one in it: in a camera's
 * address it is encoded (producer/camera/camera-address.ts).
 */
const quoted = (value: string): string => (/^[\w.~!&*+,;=:@/?%-]*$/.test(value) ? value : `'${value}'`);
