import { Duration } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import type { House } from '../house.ts';
import type { ProducerUser } from '../producer-user.ts';
import { partitions } from '../table.ts';
import { streamProcessorArn } from '../video-recognition.ts';
import type { Beside } from './build.ts';
import { PartyFunction } from './party-function.ts';

/** What the setup works with. */
export interface SetupFunctionProps {
  readonly house: House;
  readonly environment: Readonly<Record<string, string>>;
  /** Whose keys it deletes at the end. */
  readonly producer: ProducerUser;
}

/** What CloudFormation has no resource for: the webhook at Telegram, the carols, and clearing up at the end. */
export class SetupFunction extends PartyFunction {
  constructor(
    scope: Construct,
    id: string,
    { house: { table, bucket }, environment, producer }: SetupFunctionProps,
  ) {
    super(scope, id, {
      name: 'setup',
      description: 'Sets the webhook and the carols; clears up before the stack is deleted.',
      timeout: Duration.minutes(5),
      memorySize: 512,
      environment,
      beside: carols,
    });
    this.may(['dynamodb:GetItem', 'dynamodb:PutItem'], [table.tableArn], partitions('SONGS'));
    this.may(['dynamodb:UpdateItem'], [table.tableArn], partitions('SETUP'));
    this.may(['s3:PutObject'], [bucket.objects('songs/', this)]);
    this.may(['s3:ListBucket', 's3:ListBucketMultipartUploads'], [bucket.bucketArn]);
    this.may(['s3:DeleteObject', 's3:AbortMultipartUpload'], [bucket.objects('', this)]);
    this.may(['iam:ListAccessKeys', 'iam:DeleteAccessKey'], [producer.userArn]);
    // With every recognition: a house that changes from video to images, or goes to sleep, leaves one behind.
    this.may(
      [
        'rekognition:DescribeStreamProcessor',
        'rekognition:StopStreamProcessor',
        'rekognition:DeleteStreamProcessor',
      ],
      [streamProcessorArn(this)],
    );
  }
}

/** The carols are rendered here, not on Lambda: what renders them is no part of the bundle. */
const carols: Beside = { program: ['carols/asset.ts', 'carols'] };
