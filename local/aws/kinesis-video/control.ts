import * as kinesisVideo from '@aws-sdk/client-kinesis-video';
import { AwsError } from '../protocol/aws-error.ts';
import type { Constraints } from '../protocol/constraints.ts';
import { page } from '../protocol/paging.ts';
import { restJsonService } from '../protocol/rest-json.ts';
import type { Service } from '../service.ts';
import { namedStream } from './named-stream.ts';
import type { Uploads } from './uploads.ts';
import type { VideoStream, VideoStreams } from './video-streams.ts';

/** What a stream may be called, and how its ARN looks (botocore's model of kinesisvideo, 2017-09-30). */
export const streamConstraints: Constraints = {
  StreamName: { length: [1, 256], pattern: /[a-zA-Z0-9_.-]+/ },
  StreamARN: {
    length: [1, 1024],
    pattern: /arn:[a-z\d-]+:kinesisvideo:[a-z0-9-]+:[0-9]+:[a-z]+\/[a-zA-Z0-9_.-]+\/[0-9]+/,
  },
};

const constraints: Constraints = {
  ...streamConstraints,
  DeviceName: { length: [1, 128], pattern: /[a-zA-Z0-9_.-]+/ },
  MediaType: { length: [1, 128], pattern: /[\w\-.+]+\/[\w\-.+]+(,[\w\-.+]+\/[\w\-.+]+)*/ },
  DataRetentionInHours: { range: [0, 87_600] },
  MaxResults: { range: [1, 10_000] },
  NextToken: { length: [0, 1024], pattern: /[a-zA-Z0-9+/=]*/ },
  ComparisonOperator: { oneOf: ['BEGINS_WITH'] },
  ComparisonValue: { length: [1, 256], pattern: /[a-zA-Z0-9_.-]+/ },
  APIName: { oneOf: Object.values(kinesisVideo.APIName) },
};

/**
 * Kinesis Video Streams' control operations; `endpoint` is this machine's own address.
 *
 * @param uploads what was uploaded to a stream goes with it
 */
export function kinesisVideoService(
  streams: VideoStreams,
  endpoint: () => string,
  uploads?: Pick<Uploads, 'delete'>,
): Service {
  return restJsonService<typeof kinesisVideo>({
    name: 'Kinesis Video',
    signingName: 'kinesisvideo',
    client: kinesisVideo,
    constraints,
    operations: {
      CreateStream: async ({ StreamName = '', DataRetentionInHours = 0, MediaType, DeviceName }) => {
        if (streams.find(StreamName)) {
          throw new AwsError('ResourceInUseException', `The stream ${StreamName} already exists.`);
        }
        const stream = await streams.create({
          name: StreamName,
          retentionHours: DataRetentionInHours,
          mediaType: MediaType,
          deviceName: DeviceName,
        });
        return { StreamARN: stream.arn };
      },
      DescribeStream: async (input) => ({ StreamInfo: describe(namedStream(streams, input)) }),
      ListStreams: async ({ MaxResults, NextToken, StreamNameCondition }) => {
        const prefix = StreamNameCondition?.ComparisonValue ?? '';
        const matching = streams.all().filter((stream) => stream.name.startsWith(prefix));
        const { items, next } = page(matching, (stream) => stream.name, {
          max: MaxResults ?? 10_000,
          token: NextToken,
          invalid: 'InvalidArgumentException',
        });
        return { StreamInfoList: items.map(describe), NextToken: next };
      },
      DeleteStream: async ({ StreamARN }) => {
        const { name } = namedStream(streams, { StreamARN });
        await streams.delete(name);
        uploads?.delete(name);
        return {};
      },
      GetDataEndpoint: async ({ StreamName, StreamARN }) => {
        namedStream(streams, { StreamName, StreamARN });
        return { DataEndpoint: endpoint() };
      },
    },
  });
}

function describe(stream: VideoStream): kinesisVideo.StreamInfo {
  return {
    StreamName: stream.name,
    StreamARN: stream.arn,
    DeviceName: stream.deviceName,
    MediaType: stream.mediaType,
    Status: 'ACTIVE',
    Version: 'local',
    CreationTime: new Date(stream.created),
    DataRetentionInHours: stream.retentionHours,
  };
}
