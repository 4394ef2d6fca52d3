import type { AwsError } from '../protocol/aws-error.ts';
import type { LocalResponse, RequestHead, Service } from '../service.ts';
import { signedFor } from '../signature.ts';
import { toXml } from '../xml.ts';
import {
  bucketLocation,
  createBucket,
  deleteBucket,
  deleteObjects,
  headBucket,
  listBuckets,
} from './bucket-operations.ts';
import { listObjects } from './list-objects.ts';
import { listUploads } from './list-uploads.ts';
import { abortUpload, completeUpload, createUpload, uploadPart, uploadPartCopy } from './multipart.ts';
import { copyObject, deleteObject, getObject, putObject } from './object-operations.ts';
import type { ObjectStore } from './object-store.ts';
import { s3Error } from './s3-error.ts';
import { readS3Request, type S3Request } from './s3-request.ts';

/** S3, path-style, over the buckets of this machine. Goes by who signed the request: its paths can be anything. */
export function s3Service(store: ObjectStore): Service {
  return {
    name: 'S3',
    signingName: 's3',
    accepts: isForS3,
    answer: async (request) => await answer(store, readS3Request(request)),
    refuse: errorAnswer,
  };
}

async function answer(store: ObjectStore, request: S3Request): Promise<LocalResponse> {
  if (request.bucket === '') {
    if (request.method === 'GET') return listBuckets(store, request);
    throw notAvailable(request);
  }
  return request.key === '' ? await answerForBucket(store, request) : await answerForObject(store, request);
}

async function answerForBucket(store: ObjectStore, request: S3Request): Promise<LocalResponse> {
  const { method, query } = request;
  const part = ['delete', 'location', 'uploads'].find((name) => query.has(name));
  if (method === 'PUT' && !part) return await createBucket(store, request.bucket);
  const bucket = store.bucket(request.bucket);
  if (method === 'HEAD' && !part) return headBucket();
  if (method === 'GET' && !part) return listObjects(bucket, request);
  if (method === 'GET' && part === 'location') return bucketLocation();
  if (method === 'GET' && part === 'uploads') return listUploads(bucket, request);
  if (method === 'DELETE' && !part) return await deleteBucket(store, bucket);
  if (method === 'POST' && part === 'delete') return await deleteObjects(bucket, request);
  throw notAvailable(request);
}

async function answerForObject(store: ObjectStore, request: S3Request): Promise<LocalResponse> {
  const { method, query, headers } = request;
  const bucket = store.bucket(request.bucket);
  const ofUpload = query.has('uploadId');
  if (method === 'POST' && query.has('uploads')) return await createUpload(bucket, request);
  if (method === 'POST' && ofUpload) return await completeUpload(bucket, request);
  if (method === 'PUT' && ofUpload && headers['x-amz-copy-source'])
    return await uploadPartCopy(store, bucket, request);
  if (method === 'PUT' && ofUpload) return await uploadPart(bucket, request);
  if (method === 'DELETE' && ofUpload) return await abortUpload(bucket, request);
  if (ofUpload || query.has('partNumber')) throw notAvailable(request);
  if (method === 'PUT' && headers['x-amz-copy-source']) return await copyObject(store, bucket, request);
  if (method === 'PUT') return await putObject(bucket, request);
  if (method === 'GET' || method === 'HEAD') return await getObject(bucket, request);
  if (method === 'DELETE') return await deleteObject(bucket, request);
  throw notAvailable(request);
}

function notAvailable({ method }: S3Request): AwsError {
  if (!['GET', 'HEAD', 'PUT', 'POST', 'DELETE'].includes(method)) return s3Error('MethodNotAllowed');
  return s3Error('NotImplemented', `This ${method} of S3 is not available on this machine.`);
}

/** Signed for S3; or not signed at all, which is S3's to refuse when it is not for a service with targets. */
function isForS3(request: RequestHead): boolean {
  const service = signedFor(request);
  if (service !== undefined) return service === 's3';
  return request.headers.authorization === undefined && request.headers['x-amz-target'] === undefined;
}

function errorAnswer(error: AwsError, request: RequestHead): LocalResponse {
  const body = toXml('Error', { Code: error.type, Message: error.message, Resource: request.url.pathname });
  return { status: error.status, headers: { 'content-type': 'application/xml' }, body };
}
