import { RemovalPolicy, Stack } from 'aws-cdk-lib';
import { PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { IStream } from 'aws-cdk-lib/aws-kinesis';
import { CfnStream } from 'aws-cdk-lib/aws-kinesisvideo';
import { Construct, type IConstruct } from 'constructs';
import { nameInStack } from './naming.ts';

/** Where the stream processor writes. */
export interface VideoRecognitionProps {
  readonly dataStream: IStream;
}

/**
 * What the recognition by `video` has and no other: the Kinesis Video stream of the camera at the door, and the role
 * of the Rekognition stream processor that searches it. The processor itself is made by the bot when a party starts
 * (it costs by the minute while it runs), and removed by the setup resource.
 */
export class VideoRecognition extends Construct {
  readonly streamName: string;
  readonly streamArn: string;
  readonly role: Role;
  readonly processorArn: string;

  constructor(scope: Construct, id: string, { dataStream }: VideoRecognitionProps) {
    super(scope, id);
    this.streamName = streamProcessorName(this);
    this.processorArn = streamProcessorArn(this);
    // Encrypted with AWS's own key for Kinesis Video, as every one is.
    const stream = new CfnStream(this, 'Stream', {
      name: this.streamName,
      mediaType: 'video/h264',
      // The least with which GetImages reads pictures back; with none it answers NoDataRetentionException.
      dataRetentionInHours: 1,
    });
    stream.applyRemovalPolicy(RemovalPolicy.DESTROY);
    this.streamArn = stream.attrArn;
    this.role = this.#processorRole(dataStream);
  }

  /**
   * Reads the one video stream and writes the one data stream. Only stream processors of this account and Region may
   * take the role ("Cross-service confused deputy prevention", Rekognition developer guide).
   */
  #processorRole(dataStream: IStream): Role {
    const stack = Stack.of(this);
    const role = new Role(this, 'ProcessorRole', {
      description: 'Rekognition reads the video of the door and writes whom it saw.',
      assumedBy: new ServicePrincipal('rekognition.amazonaws.com', {
        conditions: {
          StringEquals: { 'aws:SourceAccount': stack.account },
          ArnLike: { 'aws:SourceArn': processorArn(this, '*') },
        },
      }),
    });
    role.addToPolicy(
      new PolicyStatement({
        actions: ['kinesisvideo:GetDataEndpoint', 'kinesisvideo:GetMedia'],
        resources: [this.streamArn],
      }),
    );
    role.addToPolicy(
      new PolicyStatement({
        actions: ['kinesis:PutRecord', 'kinesis:PutRecords'],
        resources: [dataStream.streamArn],
      }),
    );
    return role;
  }
}

/** The video stream and its one stream processor bear the same name. */
export const streamProcessorName = (scope: IConstruct): string => nameInStack(scope, 'front-door');

/** The stream processor, whether it is there or not. */
export const streamProcessorArn = (scope: IConstruct): string =>
  processorArn(scope, streamProcessorName(scope));

const processorArn = (scope: IConstruct, resourceName: string): string =>
  Stack.of(scope).formatArn({ service: 'rekognition', resource: 'streamprocessor', resourceName });
