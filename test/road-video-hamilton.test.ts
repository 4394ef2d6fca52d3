import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { test } from 'node:test';
import { credentials, names } from '../local/environment.ts';
import { claim, endParty, invite, nextArrival, openHouse, startParty } from './support/house.ts';
import { recordedRequests, withoutRecording } from './support/kvs-recording.ts';
import { facesFolder, withoutFaces } from './support/pictures.ts';
import { heard, runProducer } from './support/producer.ts';
import { replayUpload } from './support/recorded-producer.ts';
import { startRtspServer, withoutRtspServer } from './support/rtsp-server.ts';

test('who is in a film that is uploaded arrives, by AWS’s own producer as it was recorded, and by ours', {
  skip: withoutFaces || withoutRecording || withoutRtspServer,
  timeout: 300_000,
}, async (t) => {
  const file = (name: string) => path.join(facesFolder, name);
  const house = await openHouse(t);
  await house.carols;
  const host = await house.person('host');
  await claim(house, host);
  await invite(host, 'Lin', await readFile(file('hamilton/lin-manuel-miranda.png')), 'document');

  await startParty(host);
  const [arrival, said] = await Promise.all([nextArrival(host), replayUpload(house.aws.port, credentials)]);
  assert.match(arrival.caption ?? '', /^Lin is here/);
  const [, , putMedia] = (await recordedRequests()).requests;
  const persisted = said.filter(({ EventType }) => EventType === 'PERSISTED');
  assert.deepEqual(
    persisted.map(({ FragmentTimecode }) => FragmentTimecode),
    putMedia!.clusterTimecodesMs,
  );
  await endParty(host);

  const camera = await startRtspServer(file('hamilton/short_hamilton_clip.mp4'));
  t.after(() => camera.stop());
  const producer = runProducer(t, [], {
    RECOGNITION: 'video',
    AWS_ENDPOINT_URL: house.awsUrl,
    AWS_REGION: names.region,
    AWS_ACCESS_KEY_ID: credentials.accessKeyId,
    AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
    TABLE_NAME: names.table,
    VIDEO_STREAM_NAME: names.videoStream,
    CAMERA_URL: camera.address,
  });
  await heard(house);
  await startParty(host);
  assert.match((await nextArrival(host)).caption ?? '', /^Lin is here/);
  // Its clock is this machine's, so the picture of that moment can be had.
  await host.waitForMessage(({ photo }) => photo !== undefined, { timeout: 60_000 });
  await endParty(host);
  const pulse = await heard(house, 'that only waits', ({ serves }) => serves === undefined);
  assert.equal(pulse.problem, undefined);
  t.diagnostic(producer.output().trim().split('\n').at(-1) ?? '');
});
