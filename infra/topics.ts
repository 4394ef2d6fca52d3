import { Validations } from 'aws-cdk-lib';
import { Alias } from 'aws-cdk-lib/aws-kms';
import { Topic } from 'aws-cdk-lib/aws-sns';
import type { Construct } from 'constructs';

/** Each arrival is told here to whatever else listens: mail, SMS, a program. Encrypted: it carries names. */
export class ArrivalsTopic extends Topic {
  constructor(scope: Construct, id: string) {
    super(scope, id, {
      displayName: 'Musical Joy',
      enforceSSL: true,
      masterKey: Alias.fromAliasName(scope, `${id}Key`, 'alias/aws/sns'),
    });
  }
}

/**
 * What is wrong with the house: alarms. CloudWatch cannot publish to a topic under AWS's own key for SNS, and a key
 * of the house's own would cost a dollar a month, all year; an alarm says which figure passed which bound, and
 * nothing of anybody.
 */
export class AlarmsTopic extends Topic {
  constructor(scope: Construct, id: string) {
    super(scope, id, { displayName: 'Musical Joy alarms', enforceSSL: true });
    Validations.of(this).acknowledge({
      id: 'AwsSolutions-SNS2',
      reason:
        'CloudWatch cannot use the key alias/aws/sns, a customer key costs money all year, and alarms tell nothing of people.',
    });
  }
}
