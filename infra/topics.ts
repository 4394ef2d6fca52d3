import { ArnFormat, Stack, Validations } from 'aws-cdk-lib';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { type CfnTopic, Topic } from 'aws-cdk-lib/aws-sns';
import type { Construct } from 'constructs';
import { nameInStack } from './naming.ts';

/** Each arrival is told here to whatever else listens: mail, SMS, a program. Encrypted: it carries names. */
export class ArrivalsTopic extends Topic {
  constructor(scope: Construct, id: string) {
    super(scope, id, { displayName: 'Musical Joy', enforceSSL: true });
    // By its alias: the CDK would write an ARN, and a key of AWS's own is made when it is first used by this name.
    (this.node.defaultChild as CfnTopic).kmsMasterKeyId = 'alias/aws/sns';
  }
}

/**
 * What is wrong with the house: alarms. CloudWatch cannot publish to a topic under AWS's own key for SNS, and a key
 * of the house's own would cost a dollar a month, all year; an alarm says which figure passed which bound, and
 * nothing of anybody.
 *
 * That it is written to over TLS alone is a policy, and a topic's policy takes the place of the one that SNS gives it:
 * with nothing more than that, CloudWatch might not publish (SNS developer guide, "Example cases for SNS access
 * control").
 */
export class AlarmsTopic extends Topic {
  constructor(scope: Construct, id: string) {
    super(scope, id, { displayName: 'Musical Joy alarms', enforceSSL: true });
    const { account } = Stack.of(this);
    const alarms = Stack.of(this).formatArn({
      service: 'cloudwatch',
      resource: 'alarm',
      arnFormat: ArnFormat.COLON_RESOURCE_NAME,
      resourceName: nameInStack(this, '*'),
    });
    this.addToResourcePolicy(
      new PolicyStatement({
        principals: [new ServicePrincipal('cloudwatch.amazonaws.com')],
        actions: ['sns:Publish'],
        resources: [this.topicArn],
        conditions: {
          StringEquals: { 'aws:SourceAccount': account },
          ArnLike: { 'aws:SourceArn': alarms },
        },
      }),
    );
    Validations.of(this).acknowledge({
      id: 'AwsSolutions-SNS2',
      reason:
        'CloudWatch cannot use the key alias/aws/sns, a customer key costs money all year, and alarms tell nothing of people.',
    });
  }
}
