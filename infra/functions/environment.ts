import { Stack } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';
import { botSecretName } from '../bot-secret.ts';
import { type House, recognitionOf } from '../house.ts';
import { nameInStack } from '../naming.ts';
import type { MusicalJoyStackProps } from '../stack-props.ts';

/** The namespace of the house's own metrics: a second house in the account has its own. */
export const metricsNamespace = (scope: IConstruct): string => Stack.of(scope).stackName;

/** The variables that party/config.ts reads, for every Lambda the same. */
export function partyEnvironment(
  scope: IConstruct,
  house: House,
  { timeZone, botSecretVersion }: Pick<MusicalJoyStackProps, 'timeZone' | 'botSecretVersion'>,
): Record<string, string> {
  return {
    TABLE_NAME: house.table.tableName,
    BUCKET_NAME: house.bucket.bucketName,
    COLLECTION_ID: house.collection.collectionId,
    TOPIC_ARN: house.arrivals.topicArn,
    BOT_SECRET_ID: botSecretName(scope),
    ...(botSecretVersion && { BOT_SECRET_VERSION: botSecretVersion }),
    // By its name and not by reference: it too has this variable.
    PICTURES_FUNCTION: nameInStack(scope, 'pictures'),
    RECOGNITION: recognitionOf(house),
    ...(house.video &&
      house.dataStream && {
        DATA_STREAM_NAME: house.dataStream.streamName,
        VIDEO_STREAM_NAME: house.video.streamName,
        STREAM_PROCESSOR_ROLE_ARN: house.video.role.roleArn,
      }),
    // The one that the project has; other Regions differ a little.
    PRICE_LIST: 'aws-us-east-1',
    ...(timeZone && { PARTY_TZ: timeZone }),
  };
}
