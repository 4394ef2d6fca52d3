import { AwsError } from '../protocol/aws-error.ts';

/** The errors of S3 in use here, with the status and words of "Error responses" in the S3 API reference. */
const errors = {
  AccessDenied: [403, 'Access Denied'],
  BucketNotEmpty: [409, 'The bucket you tried to delete is not empty'],
  BadDigest: [400, 'The checksum you specified did not match the calculated checksum.'],
  EntityTooSmall: [400, 'Your proposed upload is smaller than the minimum allowed size.'],
  IncompleteBody: [
    400,
    'You did not provide the number of bytes specified by the Content-Length HTTP header.',
  ],
  InvalidArgument: [400, 'Invalid Argument'],
  InvalidBucketName: [400, 'The specified bucket is not valid.'],
  InvalidPart: [400, 'One or more of the specified parts could not be found.'],
  InvalidPartOrder: [400, 'The list of parts was not in ascending order.'],
  InvalidRange: [416, 'The requested range is not satisfiable'],
  InvalidRequest: [400, 'Invalid Request'],
  KeyTooLongError: [400, 'Your key is too long'],
  MalformedXML: [
    400,
    'The XML you provided was not well-formed or did not validate against our published schema',
  ],
  MetadataTooLarge: [400, 'Your metadata headers exceed the maximum allowed metadata size'],
  MethodNotAllowed: [405, 'The specified method is not allowed against this resource.'],
  NoSuchBucket: [404, 'The specified bucket does not exist'],
  NoSuchKey: [404, 'The specified key does not exist.'],
  NoSuchUpload: [404, 'The specified multipart upload does not exist.'],
  NotImplemented: [501, 'This is not available on this machine.'],
  PreconditionFailed: [412, 'At least one of the pre-conditions you specified did not hold'],
} as const;

/** An error of S3 by its code. */
export function s3Error(code: keyof typeof errors, message?: string): AwsError {
  const [status, words] = errors[code];
  return new AwsError(code, message ?? words, status);
}
