import assert from 'node:assert/strict';
import { test } from 'node:test';
import { CreateStreamCommand, KinesisVideoClient } from '@aws-sdk/client-kinesis-video';
import {
  CreateStreamProcessorCommand,
  RekognitionClient,
  StartStreamProcessorCommand,
} from '@aws-sdk/client-rekognition';
import { arn } from '../../local/aws/arn.ts';
import { withoutRtspServer } from '../support/rtsp-server.ts';
import type { DeployedHouse } from '../support/stack/deployed-house.ts';
import {
  assertRights,
  everythingIsForgotten,
  guestsArrive,
  inviteGuests,
  leavesNothingBehind,
  openDeployedHouse,
  startFirstParty,
  theHomeWasToldOfAll,
} from './evening.ts';
import { watchTheDoor } from './watched-door.ts';

test('by images, the producer and the bundles do the same, in a house that was one by video before', {
  skip: withoutRtspServer,
}, async (t) => {
  const { house, host, home, account, setupId, template } = await openDeployedHouse(t, 'images');
  await makeStreamProcessor(house);
  const updated = await house.setUp('Update', setupId, { VideoStreamName: formerProcessor });
  assert.equal(updated.Status, 'SUCCESS', updated.Reason);
  await inviteGuests(house, host);
  const camera = await watchTheDoor(t, { house, template });
  await startFirstParty(host);
  await guestsArrive(house, host, () => camera.stop());
  await theHomeWasToldOfAll(home);
  await everythingIsForgotten(host);
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
