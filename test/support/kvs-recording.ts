import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';

const folder = fileURLToPath(new URL('../../../shared/kvs/', import.meta.url));

/** Says what is missing when the recording is not there, for `skip`. */
export const withoutRecording = existsSync(folder)
  ? false
  : 'needs the recorded upload of AWS’s own producer in ../shared/kvs';

/** A request of AWS's own producer. */
export interface RecordedRequest {
  readonly method: string;
  readonly path: string;
  /** `name: value`, as on the wire. */
  readonly headers: readonly string[];
  readonly body?: string;
  readonly clusterTimecodesMs?: readonly number[];
}

/** What AWS's own producer put on the wire: describeStream, getDataEndpoint, putMedia. */
export async function recordedRequests(): Promise<{
  readonly secretAccessKey: string;
  readonly requests: readonly RecordedRequest[];
}> {
  return JSON.parse(await readFile(`${folder}kvssink-requests.json`, 'utf8'));
}

/** The body of its putMedia: seven fragments of H.264. */
export const recordedUpload = (): Promise<Buffer> => readFile(`${folder}kvssink-hamilton.mkv`);

/** A header's value. */
export function headerOf({ headers }: RecordedRequest, name: string): string {
  const line = headers.find((header) => header.toLowerCase().startsWith(`${name.toLowerCase()}: `));
  return line?.slice(name.length + 2) ?? '';
}
