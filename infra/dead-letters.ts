import { Duration, RemovalPolicy, Validations } from 'aws-cdk-lib';
import type { DlqDestinationConfig, IEventSourceDlq } from 'aws-cdk-lib/aws-lambda';
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';

/**
 * Where Lambda puts what it gave up on, for as long as SQS keeps anything. An alarm watches it; nothing reads it by
 * itself.
 */
export class DeadLetters extends Queue {
  constructor(scope: Construct, id: string) {
    super(scope, id, {
      encryption: QueueEncryption.SQS_MANAGED,
      enforceSSL: true,
      retentionPeriod: Duration.days(14),
      removalPolicy: RemovalPolicy.DESTROY,
    });
    Validations.of(this).acknowledge({
      id: 'AwsSolutions-SQS3',
      reason: 'It is itself the dead-letter queue.',
    });
  }

  /**
   * The queue as Lambda's destination of failures. The CDK's own destinations would grant more than the one action
   * that Lambda needs, so the functions grant that themselves.
   */
  get destination(): IEventSourceDlq & { bind(): DlqDestinationConfig } {
    return { bind: () => ({ destination: this.queueArn }) };
  }
}
