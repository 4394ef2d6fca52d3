import { AwsError } from '../protocol/aws-error.ts';
import type { VideoStream, VideoStreams } from './video-streams.ts';

/** The stream that a request names by name or by ARN, as every operation on one does. @throws AwsError */
export function namedStream(
  streams: VideoStreams,
  { StreamName, StreamARN }: { StreamName?: string | undefined; StreamARN?: string | undefined },
): VideoStream {
  if ((StreamName === undefined) === (StreamARN === undefined)) {
    throw new AwsError('InvalidArgumentException', 'Name the stream by either StreamName or StreamARN.');
  }
  const stream = streams.find(StreamName ?? StreamARN ?? '');
  if (stream) return stream;
  throw new AwsError('ResourceNotFoundException', 'The requested stream is not found or not active.', 404);
}
