import { CloudWatchClient } from '@aws-sdk/client-cloudwatch';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { RekognitionClient } from '@aws-sdk/client-rekognition';
import { SQSClient } from '@aws-sdk/client-sqs';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { Hosts } from '../../party/hosts/hosts.ts';
import { readBotSecret } from '../../party/stores/secret.ts';
import { Table } from '../../party/stores/table.ts';
import { readLimits } from '../account/limits.ts';
import { callOptions } from '../call-options.ts';
import { askTelegram } from '../chat/telegram.ts';
import type { Clients } from '../clients.ts';
import type { Outputs } from '../stack/state.ts';
import { checkClock, checkLimits, checkStack } from './account.ts';
import { clockOffset } from './aws-time.ts';
import { checkHost, checkWebhook } from './chat.ts';
import { doctorText } from './doctor.text.ts';
import type { Check } from './finding.ts';
import { checkAge, checkDeadLetters, checkMapping } from './flow.ts';
import { checkKept, keptServices } from './kept.ts';
import { checkBucket, checkCollection, checkDataStream, checkSecret, checkTable } from './stores.ts';
import { recognitionChecks } from './watching.ts';

/** A house on AWS, and what is round it. */
export interface HouseOnAws {
  readonly house: Outputs;
  /** CloudFormation's word for the stack. */
  readonly status: string;
  readonly region: string;
  readonly clients: Clients;
  /** This program's version: the producer's should be the same. */
  readonly version: string;
  readonly apiRoot: string | undefined;
}

/** All that there is to look at, in the order of an arrival's road; what sleep takes away is not there. */
export function checksOnAws(on: HouseOnAws): Check[] {
  const { house, status, clients, apiRoot } = on;
  const dynamoDb = new DynamoDBClient(callOptions());
  const table = new Table(DynamoDBDocumentClient.from(dynamoDb), house.TableName);
  const rekognition = new RekognitionClient(callOptions());
  const secret = () => readBotSecret(clients.secrets, house.BotSecretName, house.BotSecretVersion);
  const { Recognition: recognition, VideoStreamName: videoStream = '' } = house;
  const watch = {
    recognition,
    videoStream,
    table,
    rekognition,
    region: on.region,
    version: on.version,
    producer: true,
  };
  const kept = keptServices({
    table,
    rekognition,
    s3: clients.s3,
    bucket: house.BucketName,
    collection: house.CollectionId,
  });
  return [
    checkStack(status),
    checkSecret(secret),
    checkWebhook(async () => askTelegram((await secret()).token, apiRoot), { url: house.WebhookUrl }),
    checkHost(new Hosts(table, Date.now)),
    checkTable(dynamoDb, house.TableName),
    checkBucket(clients.s3, house.BucketName),
    checkCollection(rekognition, house.CollectionId),
    checkKept(kept, doctorText.kept.sendAgain),
    ...(house.Asleep ? [] : recognitionChecks(watch)),
    ...flowChecks(on),
    checkClock(() => clockOffset(house.TableName)),
    checkLimits(() => readLimits(clients)),
  ];
}

function flowChecks({ house, clients }: HouseOnAws): Check[] {
  // By default this client goes wherever a queue's URL says, past AWS_ENDPOINT_URL.
  const sqs = new SQSClient({ ...callOptions(), useQueueUrlAsEndpoint: false });
  const { parts } = doctorText;
  const { DataStreamName: stream, MatchEventSourceMappingId: mapping } = house;
  const { MatchDeadLettersUrl: records, PicturesDeadLettersUrl: pictures } = house;
  return [
    ...(stream ? [checkDataStream(clients.kinesis, stream)] : []),
    ...(mapping
      ? [
          checkMapping(clients.lambda, mapping),
          checkAge(new CloudWatchClient(callOptions()), house.MatchFunctionName),
        ]
      : []),
    ...(records ? [checkDeadLetters(sqs, records, parts.matchLetters)] : []),
    ...(pictures ? [checkDeadLetters(sqs, pictures, parts.pictureLetters)] : []),
  ];
}
