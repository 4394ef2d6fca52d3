import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { KinesisClient } from '@aws-sdk/client-kinesis';
import { RekognitionClient } from '@aws-sdk/client-rekognition';
import { S3Client } from '@aws-sdk/client-s3';
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { Hosts } from '../../party/hosts/hosts.ts';
import { readBotSecret } from '../../party/stores/secret.ts';
import { Table } from '../../party/stores/table.ts';
import { callOptions } from '../call-options.ts';
import { askTelegram } from '../chat/telegram.ts';
import { checkHost, checkWebhook } from './chat.ts';
import { doctorText } from './doctor.text.ts';
import { type Check, well, wrong } from './finding.ts';
import { checkKept, keptServices } from './kept.ts';
import type { LocalHouse } from './local-house.ts';
import { whyUnseen } from './page-camera.ts';
import { checkBucket, checkCollection, checkDataStream, checkSecret, checkTable } from './stores.ts';
import { recognitionChecks } from './watching.ts';

/** All that one machine has; what it has not (a stack, limits, a clock of its own) is not listed. */
export function checksOnThisMachine({ environment, folder, page }: LocalHouse, version: string): Check[] {
  const dynamoDb = new DynamoDBClient(callOptions());
  const table = new Table(DynamoDBDocumentClient.from(dynamoDb), environment.TABLE_NAME);
  const s3 = new S3Client(callOptions());
  const rekognition = new RekognitionClient(callOptions());
  const secret = () => readBotSecret(new SecretsManagerClient(callOptions()), environment.BOT_SECRET_ID);
  const { TELEGRAM_API_ROOT: apiRoot, AWS_REGION: region } = environment;
  const { RECOGNITION: recognition, VIDEO_STREAM_NAME: videoStream } = environment;
  const kept = keptServices({
    table,
    rekognition,
    s3: s3,
    bucket: environment.BUCKET_NAME,
    collection: environment.COLLECTION_ID,
  });
  const repair = doctorText.kept.repair(environment.REPAIR_COMMAND ?? 'npm run doctor -- --repair');
  return [
    checkSecret(secret),
    // The chat on the page calls the webhook; the real Telegram is asked by this machine.
    checkWebhook(async () => askTelegram((await secret()).token, apiRoot), apiRoot ? 'any' : 'none'),
    checkHost(
      new Hosts(table, Date.now),
      apiRoot ? doctorText.host.claimOnPage(page) : doctorText.host.claimInTelegram,
    ),
    checkTable(dynamoDb, environment.TABLE_NAME),
    checkBucket(s3, environment.BUCKET_NAME),
    checkCollection(rekognition, environment.COLLECTION_ID, async () =>
      (await kept.guests.list()).length === 0
        ? well(doctorText.collection.later)
        : wrong(doctorText.collection.gone, repair),
    ),
    checkKept(kept, repair),
    checkDataStream(new KinesisClient(callOptions()), environment.DATA_STREAM_NAME),
    // By video, the camera of the page needs no producer.
    ...recognitionChecks({
      recognition,
      videoStream,
      table,
      rekognition,
      region,
      version,
      producer: false,
      unseen: () => whyUnseen(page),
    }),
    checkLetterFiles(path.join(folder, 'lambda', 'dead-letters')),
  ];
}

/** What Lambda gave up on, one line each in a file of each function's. */
function checkLetterFiles(folder: string): Check {
  const { letters: text, parts } = doctorText;
  return {
    part: parts.matchLetters,
    async look() {
      for (const name of existsSync(folder) ? readdirSync(folder) : []) {
        const file = path.join(folder, name);
        const count = readFileSync(file, 'utf8').split('\n').filter(Boolean).length;
        if (count > 0) return wrong(text.some(count), text.file(file));
      }
      return well(text.none);
    },
  };
}
