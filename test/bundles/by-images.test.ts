import assert from 'node:assert/strict';
import path from 'node:path';
import { test } from 'node:test';
import { CreateStreamCommand, KinesisVideoClient } from '@aws-sdk/client-kinesis-video';
import {
  CreateStreamProcessorCommand,
  RekognitionClient,
  StartStreamProcessorCommand,
} from '@aws-sdk/client-rekognition';
import { arn } from '../../local/aws/arn.ts';
import { afterwards } from '../local/telegram/stand.ts';
import { startParty } from '../support/house.ts';
import { heard, startProducer } from '../support/producer.ts';
import { startRtspServer, withoutRtspServer } from '../support/rtsp-server.ts';
import type { DeployedHouse } from '../support/stack/deployed-house.ts';
import { ofType, type Template } from '../support/stack/template.ts';
import {
  assertRights,
  filmOfTheDoor,
  guestsArrive,
  inviteGuests,
  leavesNothingBehind,
  openDeployedHouse,
  tableOf,
  theHomeWasToldOfAll,
} from './evening.ts';

test('by images, the producer and the bundles do the same, in a house that was one by video before', {
  skip: withoutRtspServer,
}, async (t) => {
  const { house, host, home, account, setupId, template } = await openDeployedHouse(t, 'images');
  await makeStreamProcessor(house);
  const updated = await house.setUp('Update', setupId, { VideoStreamName: formerProcessor });
  assert.equal(updated.Status, 'SUCCESS', updated.Reason);
  await inviteGuests(house, host);
  const camera = await startRtspServer(await filmOfTheDoor());
  afterwards(t, () => camera.stop());
  const producer = startProducer([], producerSettings(house, template, camera.address));
  afterwards(t, async () => {
    await producer.kill();
    t.diagnostic(producer.output());
  });
  await heard({ services: { table: tableOf(house) } });
  await startParty(host);
  await guestsArrive(house, host, () => camera.stop());
  await theHomeWasToldOfAll(home);
  await leavesNothingBehind(house, setupId);
  await assertRights(account, house, template, 'images');
});
const formerProcessor = 'MusicalJoy-front-door';

/** What a house by video leaves behind when it becomes one by images: a stream processor, here one that runs. */
async function makeStreamProcessor({ options, output }: DeployedHouse): Promise<void> {
  const { StreamARN: Arn } = await new KinesisVideoClient(options).send(
    new CreateStreamCommand({ StreamName: formerProcessor }),
  );
  const rekognition = new RekognitionClient(options);
  await rekognition.send(
    new CreateStreamProcessorCommand({
      Name: formerProcessor,
      Input: { KinesisVideoStream: { Arn } },
      Output: { KinesisDataStream: { Arn: arn('kinesis', `stream/${output('DataStreamName')}`) } },
      RoleArn: 'arn:aws:iam::000000000000:role/stream-processor',
      Settings: { FaceSearch: { CollectionId: output('CollectionId') } },
    }),
  );
  await rekognition.send(new StartStreamProcessorCommand({ Name: formerProcessor }));
}

/** What `producer.env` holds, with the key of the stack's user. */
function producerSettings(house: DeployedHouse, template: Template, camera: string): Record<string, string> {
  const [[user = ''] = []] = ofType(template, 'AWS::IAM::User');
  const { accessKeyId, secretAccessKey } = house.credentialsOf(user);
  return {
    AWS_REGION: house.options.region,
    AWS_ENDPOINT_URL: house.options.endpoint,
    AWS_ACCESS_KEY_ID: accessKeyId,
    AWS_SECRET_ACCESS_KEY: secretAccessKey,
    TABLE_NAME: house.output('TableName'),
    BUCKET_NAME: house.output('BucketName'),
    COLLECTION_ID: house.output('CollectionId'),
    DATA_STREAM_NAME: house.output('DataStreamName'),
    CAMERA_URL: camera,
    HEALTH_FILE: path.join(house.stand.folder, 'health.json'),
  };
}
