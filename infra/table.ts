import { CfnDeletionPolicy, RemovalPolicy, Validations } from 'aws-cdk-lib';
import { AttributeType, BillingMode, type CfnTable, Table, TableEncryption } from 'aws-cdk-lib/aws-dynamodb';
import type { Construct } from 'constructs';

/**
 * The one DynamoDB table. On demand: a party is a few thousand requests, and the rest of the year is none. The key
 * is AWS's own, which costs nothing. It goes with the house; a change that would put a new one in its place leaves it,
 * with all guests, to be found.
 */
export class PartyTable extends Table {
  constructor(scope: Construct, id: string) {
    super(scope, id, {
      partitionKey: { name: 'pk', type: AttributeType.STRING },
      sortKey: { name: 'sk', type: AttributeType.STRING },
      billingMode: BillingMode.PAY_PER_REQUEST,
      encryption: TableEncryption.DEFAULT,
      timeToLiveAttribute: 'expiresAt',
      removalPolicy: RemovalPolicy.DESTROY,
    });
    (this.node.defaultChild as CfnTable).cfnOptions.updateReplacePolicy = CfnDeletionPolicy.RETAIN;
    Validations.of(this).acknowledge({
      id: 'AwsSolutions-DDB3',
      reason: 'Point-in-time recovery would keep for 35 days what a guest asked the house to forget.',
    });
  }
}

/** Narrows a statement to items of these partitions; `*` at a partition key's end stands for anything. */
export const partitions = (...keys: string[]): Record<string, unknown> => ({
  'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': keys },
});
