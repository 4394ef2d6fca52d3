import assert from 'node:assert/strict';
import { createReadStream } from 'node:fs';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { ListStreamProcessorsCommand, RekognitionClient } from '@aws-sdk/client-rekognition';
import { ListObjectsV2Command, S3Client } from '@aws-sdk/client-s3';
import { renderCarol } from '../carols/index.ts';
import { type Recognizer, startRecognizer } from '../vision/recognizer.ts';
import { says } from './support/bot-house.ts';
import { makeClip } from './support/clip.ts';
import { temporaryFolder } from './support/folder.ts';
import { endParty, invite, nextArrival, startParty } from './support/house.ts';
import { samplePicture } from './support/pictures.ts';
import { portrait } from './support/portraits.ts';
import { deploy } from './support/stack/deployed-house.ts';
import { type SynthesizedStack, synthesize } from './support/stack/synth.ts';

let folder: string;
let remove: () => Promise<void>;
let recognizer: Recognizer;
let stack: SynthesizedStack;
before(async () => {
  ({ folder, remove } = await temporaryFolder());
  [recognizer, stack] = await Promise.all([startRecognizer(), synthesize(folder, { recognition: 'video' })]);
});
after(async () => {
  await recognizer.close();
  await remove();
});

test('the bundles run a party from the deployment to the deletion', async (t) => {
  const house = await deploy(t, stack, { recognizer });
  const created = await house.setUp('Create');
  assert.equal(created.Status, 'SUCCESS', created.Reason);

  const host = await house.stand.person('host');
  await host.say(host.bot, `/start ${house.secret.claimCode}`);
  await host.waitForMessage(says(/1\. Send me a photo/));
  await invite(host, 'Anna', await portrait('anna'));
  const { audio } = await renderCarol('jingle-bells');
  await host.sendAudio(host.bot, audio, 'annas-song.mp3', { caption: 'Anna' });
  await host.waitForMessage(says(/Anna/));
  await startParty(host);

  const clip = path.join(folder, 'door.mp4');
  await makeClip(
    [
      { picture: await samplePicture(6), seconds: 2 },
      { picture: await samplePicture(3), seconds: 4 },
    ],
    clip,
  );
  await house.camera.playFile('door.mp4', createReadStream(clip), false);

  const arrival = await nextArrival(host);
  assert.match(arrival.caption ?? '', /Anna/);
  const snapshot = await host.waitForMessage(({ photo }) => photo !== undefined, { timeout: 30_000 });
  assert.equal(snapshot.reply_to_message?.message_id, arrival.message_id);
  await house.tick();
  assert.match(await endParty(host), /1 of 1 guest came:.+Anna/s);

  await startParty(host);
  const deleted = await house.setUp('Delete', created.PhysicalResourceId);
  assert.equal(deleted.Status, 'SUCCESS');
  assert.equal(deleted.Reason, '');
  assert.equal((await house.stand.api.getWebhookInfo()).url, '');
  const { StreamProcessors } = await new RekognitionClient(house.options).send(
    new ListStreamProcessorsCommand({}),
  );
  assert.deepEqual(StreamProcessors, []);
  const { Contents = [] } = await new S3Client(house.options).send(
    new ListObjectsV2Command({ Bucket: house.output('BucketName') }),
  );
  assert.deepEqual(Contents, []);
});
