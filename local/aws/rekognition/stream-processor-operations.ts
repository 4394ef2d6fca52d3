import { randomUUID } from 'node:crypto';
import type * as rekognition from '@aws-sdk/client-rekognition';
import { AwsError } from '../protocol/aws-error.ts';
import type { Operations } from '../protocol/operations.ts';
import { page } from '../protocol/paging.ts';
import type { StreamProcessor } from './stream-processor.ts';
import type { NewStreamProcessor, StreamProcessors } from './stream-processors.ts';

/** "anything under 80 is raised to 80", and the default (FaceSearchSettings, API reference). */
const minThreshold = 80;
const maxPage = 1000;

type StreamProcessorOperations = Pick<
  Operations<typeof rekognition>,
  | 'CreateStreamProcessor'
  | 'DescribeStreamProcessor'
  | 'ListStreamProcessors'
  | 'StartStreamProcessor'
  | 'StopStreamProcessor'
  | 'DeleteStreamProcessor'
>;

/**
 * Face-search stream processors. Label detection is not available here, and refused when one is created.
 *
 * @param trouble what is wrong with the camera of a processor, in words; told as the message of one that runs
 */
export function streamProcessorOperations(
  processors: StreamProcessors,
  trouble: (processor: StreamProcessor) => string | undefined = () => undefined,
): StreamProcessorOperations {
  return {
    CreateStreamProcessor: async (input) => {
      const { arn } = await processors.create(newProcessor(input));
      return { StreamProcessorArn: arn };
    },
    DescribeStreamProcessor: async ({ Name = '' }) => {
      const processor = processors.get(Name);
      return describe(processor, processor.status === 'RUNNING' ? trouble(processor) : undefined);
    },
    ListStreamProcessors: async ({ MaxResults = maxPage, NextToken: token }) => {
      const { items, next } = page(processors.all(), ({ name }) => name, {
        max: Math.min(MaxResults, maxPage),
        token,
        invalid: 'InvalidPaginationTokenException',
      });
      return {
        StreamProcessors: items.map(({ name, status }) => ({ Name: name, Status: status })),
        NextToken: next,
      };
    },
    StartStreamProcessor: async ({ Name = '', StartSelector, StopSelector }) => {
      if (StartSelector || StopSelector)
        throw invalid('StartSelector and StopSelector are for label detection.');
      await processors.start(Name);
      return { SessionId: randomUUID() };
    },
    StopStreamProcessor: async ({ Name = '' }) => {
      await processors.stop(Name);
      return {};
    },
    DeleteStreamProcessor: async ({ Name = '' }) => {
      await processors.delete(Name);
      return {};
    },
  };
}

function newProcessor(input: rekognition.CreateStreamProcessorRequest): NewStreamProcessor {
  const { FaceSearch, ConnectedHome } = input.Settings ?? {};
  const videoStreamArn = input.Input?.KinesisVideoStream?.Arn;
  const dataStreamArn = input.Output?.KinesisDataStream?.Arn;
  if (ConnectedHome) throw invalid('Label detection (ConnectedHome) is not available on this machine.');
  if (FaceSearch?.CollectionId === undefined)
    throw invalid('Settings must have FaceSearch with a CollectionId.');
  if (videoStreamArn === undefined) throw invalid('Input must have a KinesisVideoStream with an Arn.');
  if (dataStreamArn === undefined) throw invalid('Output must have a KinesisDataStream with an Arn.');
  return {
    name: input.Name ?? '',
    roleArn: input.RoleArn ?? '',
    videoStreamArn,
    dataStreamArn,
    collectionId: FaceSearch.CollectionId,
    threshold: Math.max(minThreshold, FaceSearch.FaceMatchThreshold ?? minThreshold),
    dataSharing: input.DataSharingPreference?.OptIn,
  };
}

function describe(processor: StreamProcessor, trouble: string | undefined) {
  return {
    Name: processor.name,
    StreamProcessorArn: processor.arn,
    Status: processor.status,
    StatusMessage: processor.statusMessage ?? trouble,
    CreationTimestamp: new Date(processor.created),
    LastUpdateTimestamp: new Date(processor.updated),
    Input: { KinesisVideoStream: { Arn: processor.videoStreamArn } },
    Output: { KinesisDataStream: { Arn: processor.dataStreamArn } },
    RoleArn: processor.roleArn,
    Settings: {
      FaceSearch: { CollectionId: processor.collectionId, FaceMatchThreshold: processor.threshold },
    },
    ...(processor.dataSharing !== undefined && { DataSharingPreference: { OptIn: processor.dataSharing } }),
  };
}

function invalid(message: string): AwsError {
  return new AwsError('InvalidParameterException', `Request has invalid parameters: ${message}`);
}
