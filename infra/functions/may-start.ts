import { Validations } from 'aws-cdk-lib';
import type { House } from '../house.ts';
import type { PartyFunction } from './party-function.ts';

/** Lets a function start a party's recognition and stop it: the webhook, and the tick with a start that takes longer. */
export function mayStart(it: PartyFunction, house: House): void {
  remakesTheCollection(it);
  const { video, collection, dataStream } = house;
  if (!video) return;
  // It makes the stream processor when that is first wanted.
  it.may(
    [
      'rekognition:DescribeStreamProcessor',
      'rekognition:StartStreamProcessor',
      'rekognition:StopStreamProcessor',
      // One that failed, or is of a former deployment, is made anew.
      'rekognition:DeleteStreamProcessor',
    ],
    [video.processorArn],
  );
  it.may(['rekognition:CreateStreamProcessor'], [video.processorArn, collection.arn]);
  it.may(['kinesisvideo:DescribeStream'], [video.streamArn]);
  it.may(['kinesis:DescribeStreamSummary'], [dataStream!.streamArn]);
  it.may(['iam:PassRole'], [video.role.roleArn], {
    StringEquals: { 'iam:PassedToService': 'rekognition.amazonaws.com' },
  });
}

/**
 * One that is lost is made anew. This action is granted on everything or not at all ("Service Authorization
 * Reference").
 */
function remakesTheCollection(it: PartyFunction): void {
  it.may(['rekognition:CreateCollection'], ['*']);
  Validations.of(it).acknowledge({
    id: 'AwsSolutions-IAM5[Resource::*]',
    reason: 'rekognition:CreateCollection is granted on everything or not at all.',
  });
}
