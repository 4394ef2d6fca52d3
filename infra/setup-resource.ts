import { CustomResource, Duration } from 'aws-cdk-lib';
import type { CfnFunction } from 'aws-cdk-lib/aws-lambda';
import { Construct, type IDependable } from 'constructs';
import { botSecretName } from './bot-secret.ts';
import type { SetupFunction } from './functions/setup.ts';
import { type House, recognitionOf } from './house.ts';
import type { ProducerUser } from './producer-user.ts';

/** What the setup resource is told. */
export interface SetupResourceProps {
  readonly setup: SetupFunction;
  readonly house: House;
  readonly producer: ProducerUser;
  readonly webhookUrl: string;
  /** The version of the bot's secret; the current one if not set. */
  readonly botSecretVersion: string | undefined;
  readonly emptyBucket: boolean;
  /** Everything that has to be there before it, and may only go after it. */
  readonly after: IDependable[];
}

/**
 * The house's setup as a resource of the stack, answered by the setup Lambda itself. It is made last of all, when
 * everything that an update can reach is there, and deleted first: before anything is taken away, the webhook is
 * removed, the stream processor stopped, and what CloudFormation could not delete made so that it can.
 */
export class SetupResource extends Construct {
  constructor(
    scope: Construct,
    id: string,
    { setup, house, producer, webhookUrl, botSecretVersion, emptyBucket, after }: SetupResourceProps,
  ) {
    super(scope, id);
    const resource = new CustomResource(this, 'Resource', {
      resourceType: 'Custom::MusicalJoySetup',
      serviceToken: setup.function.functionArn,
      // The Lambda has 5 minutes and answers before they are over; CloudFormation would else wait for an hour.
      serviceTimeout: Duration.minutes(10),
      properties: {
        WebhookUrl: webhookUrl,
        BotSecretId: botSecretName(this),
        ...(botSecretVersion && { BotSecretVersion: botSecretVersion }),
        BucketName: house.bucket.bucketName,
        EmptyBucket: String(emptyBucket),
        Recognition: recognitionOf(house),
        ProducerUserName: producer.userName,
        ...(house.video && { VideoStreamName: house.video.streamName }),
        // Of new code, the commands or the carols may be new: it runs again.
        Version: codeOf(setup),
      },
    });
    resource.node.addDependency(...after);
  }
}

/** Names the bundle by its contents. */
const codeOf = ({ function: { node } }: SetupFunction): string =>
  ((node.defaultChild as CfnFunction).code as CfnFunction.CodeProperty).s3Key!;
