import type { Credentials } from '../../local/aws/signature.ts';
import { PutMedia, type PutMediaOptions } from '../../producer/video/put-media.ts';
import type { UploaderParts } from '../../producer/video/uploader.ts';
import { localCredentials } from '../local/aws/clients.ts';
import { nodeSha256 } from './node-sha256.ts';

/** Uploads to a stream of this machine, as the producer opens them. */
export function uploadsTo(
  endpoint: string,
  streamName = 'front-door',
  {
    credentials = localCredentials,
    ...options
  }: Pick<PutMediaOptions, 'patience'> & { readonly credentials?: Credentials } = {},
): UploaderParts['open'] {
  return (startTime, onAcknowledgement) =>
    PutMedia.open(
      {
        endpoint,
        region: 'us-east-1',
        streamName,
        credentials,
        startTime,
        now: Date.now(),
        userAgent: 'test',
        sha256: nodeSha256,
      },
      { ...options, onAcknowledgement },
    );
}
