import * as rekognition from '@aws-sdk/client-rekognition';
import type { Constraint, Constraints } from '../protocol/constraints.ts';

const uuid: Constraint = { pattern: /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/ };
const processorName: Constraint = { length: [1, 128], pattern: /[a-zA-Z0-9_.-]+/ };
const unbounded = Number.MAX_SAFE_INTEGER;

/** Lengths, patterns and ranges of what the operations here take (botocore's model of rekognition, 2016-06-27). */
export const rekognitionConstraints: Constraints = {
  CollectionId: { length: [1, 255], pattern: /[a-zA-Z0-9_.-]+/ },
  Bytes: { length: [1, 5_242_880] },
  Bucket: { length: [3, 255], pattern: /[0-9A-Za-z.\-_]*/ },
  /** Of an S3 object. */
  Name: { length: [1, 1024] },
  Version: { length: [1, 1024] },
  ExternalImageId: { length: [1, 255], pattern: /[a-zA-Z0-9_.\-:]+/ },
  DetectionAttributes: { each: { oneOf: Object.values(rekognition.Attribute) } },
  Attributes: { each: { oneOf: Object.values(rekognition.Attribute) } },
  MaxFaces: { range: [1, 4096] },
  'IndexFaces.MaxFaces': { range: [1, unbounded] },
  FaceMatchThreshold: { range: [0, 100] },
  QualityFilter: { oneOf: Object.values(rekognition.QualityFilter) },
  FaceId: uuid,
  FaceIds: { length: [1, 4096], each: uuid },
  UserId: { length: [1, 128], pattern: /[a-zA-Z0-9_.\-:]+/ },
  NextToken: { length: [0, 255] },
  MaxResults: { range: [0, 4096] },
  'ListStreamProcessors.MaxResults': { range: [1, unbounded] },
  'CreateStreamProcessor.Name': processorName,
  'DescribeStreamProcessor.Name': processorName,
  'StartStreamProcessor.Name': processorName,
  'StopStreamProcessor.Name': processorName,
  'DeleteStreamProcessor.Name': processorName,
  'KinesisVideoStream.Arn': { pattern: /arn:([a-z\d-]+):kinesisvideo:([a-z\d-]+):\d{12}:.+/ },
  'KinesisDataStream.Arn': { pattern: /arn:([a-z\d-]+):kinesis:([a-z\d-]+):\d{12}:.+/ },
  RoleArn: { pattern: /arn:aws:iam::\d{12}:role\/?[a-zA-Z_0-9+=,.@\-_/]+/ },
};
