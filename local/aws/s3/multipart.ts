import { createHash, randomUUID } from 'node:crypto';
import { readFile, rm } from 'node:fs/promises';
import type { IncomingHttpHeaders } from 'node:http';
import { join } from 'node:path';
import { readJsonFile, writeFileAtomic } from '../../disk/atomic-file.ts';
import type { LocalResponse } from '../service.ts';
import { parseXml } from '../xml.ts';
import type { Bucket } from './bucket.ts';
import { xmlAnswer } from './bucket-operations.ts';
import { byteRange } from './byte-range.ts';
import { checkedChecksums } from './checksum.ts';
import { md5 } from './object-file.ts';
import { copySource, headersToKeep, writeCondition } from './object-operations.ts';
import type { ObjectStore } from './object-store.ts';
import { s3Error } from './s3-error.ts';
import type { S3Request } from './s3-request.ts';

/** All parts but the last have at least this many bytes. */
const minPartBytes = 5 * 1024 * 1024;
const maxParts = 10_000;

interface Upload {
  readonly key: string;
  readonly headers: Readonly<Record<string, string>>;
}

/** CreateMultipartUpload */
export async function createUpload(bucket: Bucket, { key, headers }: S3Request): Promise<LocalResponse> {
  const uploadId = randomUUID();
  const upload: Upload = { key, headers: headersToKeep(headers) };
  await writeFileAtomic(join(bucket.uploads, uploadId, 'upload.json'), JSON.stringify(upload));
  return xmlAnswer('InitiateMultipartUploadResult', { Bucket: bucket.name, Key: key, UploadId: uploadId });
}

/** UploadPart */
export async function uploadPart(bucket: Bucket, request: S3Request): Promise<LocalResponse> {
  const { folder } = findUpload(bucket, request);
  const number = Number(request.query.get('partNumber'));
  if (!(Number.isInteger(number) && number >= 1 && number <= maxParts)) {
    throw s3Error('InvalidArgument', `Part number must be an integer between 1 and ${maxParts}.`);
  }
  await writeFileAtomic(partPath(folder, number), request.body);
  return { status: 200, headers: { etag: md5(request.body), ...request.checksums } };
}

/** UploadPartCopy: a part that is an object here, whole or a range of it */
export async function uploadPartCopy(
  store: ObjectStore,
  bucket: Bucket,
  request: S3Request,
): Promise<LocalResponse> {
  const { body: source } = await copySource(store, request);
  const wanted = request.headers['x-amz-copy-source-range'];
  const range = byteRange(wanted?.toString(), source.length);
  if (wanted !== undefined && !range) throw s3Error('InvalidArgument', 'The range is not bytes=first-last.');
  const body = range ? source.subarray(range.start, range.end) : source;
  await uploadPart(bucket, { ...request, body });
  return xmlAnswer('CopyPartResult', { ETag: md5(body), LastModified: new Date().toISOString() });
}

/** CompleteMultipartUpload */
export async function completeUpload(bucket: Bucket, request: S3Request): Promise<LocalResponse> {
  const { folder, upload } = findUpload(bucket, request);
  const parts: Buffer[] = [];
  let previous = 0;
  for (const { number, etag } of listedParts(request.body)) {
    if (number <= previous) throw s3Error('InvalidPartOrder');
    const part = await readFile(partPath(folder, number)).catch(() => undefined);
    if (!part || md5(part).replaceAll('"', '') !== etag.replaceAll('"', '')) throw s3Error('InvalidPart');
    parts.push(part);
    previous = number;
  }
  if (parts.slice(0, -1).some((part) => part.length < minPartBytes)) throw s3Error('EntityTooSmall');
  const body = Buffer.concat(parts);
  const etag = uploadEtag(parts);
  const checksums = checkedChecksums(ofWholeObject(request.headers), body);
  await bucket.write({ ...upload, body, etag, checksums, allowed: writeCondition(request.headers) });
  await rm(folder, { recursive: true, force: true });
  return xmlAnswer('CompleteMultipartUploadResult', { Bucket: bucket.name, Key: upload.key, ETag: etag });
}

/** AbortMultipartUpload */
export async function abortUpload(bucket: Bucket, request: S3Request): Promise<LocalResponse> {
  await rm(findUpload(bucket, request).folder, { recursive: true, force: true });
  return { status: 204 };
}

/** Without the checksums of type COMPOSITE, which are made of the parts' own and end in how many there are. */
function ofWholeObject(headers: IncomingHttpHeaders): Record<string, string | string[] | undefined> {
  const isComposite = ([name, value]: [string, unknown]) =>
    name.startsWith('x-amz-checksum-') && /-\d+$/.test(String(value));
  return Object.fromEntries(
    Object.entries(headers).filter((header) => header[0] !== 'content-md5' && !isComposite(header)),
  );
}

function findUpload(bucket: Bucket, { key, query }: S3Request): { folder: string; upload: Upload } {
  const uploadId = query.get('uploadId') ?? '';
  if (!/^[0-9a-f-]{36}$/.test(uploadId)) throw s3Error('NoSuchUpload');
  const folder = join(bucket.uploads, uploadId);
  const upload = readUpload(folder);
  if (upload?.key !== key) throw s3Error('NoSuchUpload');
  return { folder, upload };
}

/** One that cannot be read is none: whoever began it begins another. */
export function readUpload(folder: string): Upload | undefined {
  try {
    return readJsonFile<Upload>(join(folder, 'upload.json'));
  } catch {
    return undefined;
  }
}

function listedParts(body: Buffer): { number: number; etag: string }[] {
  const parts = parseXml(body, 'CompleteMultipartUpload')?.all('Part') ?? [];
  if (parts.length === 0) throw s3Error('MalformedXML');
  return parts.map((part) => ({ number: Number(part.text('PartNumber')), etag: part.text('ETag') ?? '' }));
}

/** Of a multipart object: the MD5 of its parts' MD5s, and how many parts. */
function uploadEtag(parts: readonly Buffer[]): string {
  const digests = parts.map((part) => createHash('md5').update(part).digest());
  return `"${createHash('md5').update(Buffer.concat(digests)).digest('hex')}-${parts.length}"`;
}

function partPath(folder: string, number: number): string {
  return join(folder, `part-${number}`);
}
