import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { LocalResponse } from '../service.ts';
import type { Bucket } from './bucket.ts';
import { countIn, xmlAnswer } from './bucket-operations.ts';
import { encodingOf } from './list-objects.ts';
import { readUpload } from './multipart.ts';
import { s3Error } from './s3-error.ts';
import type { S3Request } from './s3-request.ts';

const maxUploads = 1000;

interface BegunUpload {
  readonly key: string;
  readonly id: string;
  readonly initiated: Date;
}

/** ListMultipartUploads, without rolling up keys: a delimiter is refused. */
export function listUploads(bucket: Bucket, { query }: S3Request): LocalResponse {
  if (query.has('delimiter')) throw s3Error('NotImplemented', 'No delimiter here.');
  const prefix = query.get('prefix') ?? '';
  const keyMarker = query.get('key-marker') ?? '';
  const idMarker = query.get('upload-id-marker') ?? '';
  const max = countIn(query, 'max-uploads', maxUploads);
  const uploads = begunUploads(bucket).filter(({ key }) => key.startsWith(prefix));
  // The upload of the marker may be gone meanwhile: what would come after it does.
  const rest = uploads.filter(({ key, id }) =>
    key === keyMarker ? idMarker !== '' && id > idMarker : isAfter(key, keyMarker),
  );
  const page = rest.slice(0, max);
  const last = rest.length > page.length ? page.at(-1) : undefined;
  const encode = encodingOf(query);
  return xmlAnswer('ListMultipartUploadsResult', {
    Bucket: bucket.name,
    KeyMarker: encode(keyMarker),
    UploadIdMarker: idMarker,
    NextKeyMarker: last && encode(last.key),
    NextUploadIdMarker: last?.id,
    Prefix: encode(prefix),
    EncodingType: query.get('encoding-type') ?? undefined,
    MaxUploads: max,
    IsTruncated: last !== undefined,
    Upload: page.map(({ key, id, initiated }) => ({
      Key: encode(key),
      UploadId: id,
      StorageClass: 'STANDARD',
      Initiated: initiated.toISOString(),
    })),
  });
}

/** In the order of their keys' UTF-8 bytes, and of their ids within a key. */
export function begunUploads({ uploads }: Bucket): BegunUpload[] {
  const begun = readdirSync(uploads).flatMap((id) => {
    const upload = readUpload(join(uploads, id));
    const initiated = () => statSync(join(uploads, id, 'upload.json')).mtime;
    return upload ? [{ key: upload.key, id, initiated: initiated() }] : [];
  });
  return begun.sort((a, b) => compare(a.key, b.key) || compare(a.id, b.id));
}

const compare = (a: string, b: string): number => Buffer.compare(Buffer.from(a), Buffer.from(b));
const isAfter = (a: string, b: string): boolean => compare(a, b) > 0;
