import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { test } from 'node:test';
import { GetMediaCommand, KinesisVideoMediaClient } from '@aws-sdk/client-kinesis-video-media';
import { MatroskaReader } from '../local/aws/kinesis-video/matroska-reader.ts';
import { credentials, names } from '../local/environment.ts';
import { hasPicture, unitsWithLengths } from '../producer/video/nal-units.ts';
import { codedClip } from './support/coded-clip.ts';
import {
  claim,
  endParty,
  invite,
  nextArrival,
  nextSnapshot,
  openHouse,
  startParty,
} from './support/house.ts';
import { recordedRequests, withoutRecording } from './support/kvs-recording.ts';
import { facesFolder, withoutFaces } from './support/pictures.ts';
import { heard, runProducer, uploaderSettings } from './support/producer.ts';
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
  // Its clock was off by days, and the stream knows its pictures by its own.
  await nextSnapshot(host);
  await endParty(host);

  const film = file('hamilton/short_hamilton_clip.mp4');
  const camera = await startRtspServer(film);
  t.after(() => camera.stop());
  const producer = runProducer(t, [], {
    ...uploaderSettings(house.awsUrl),
    CAMERA_URL: camera.address,
  });
  await heard(house);
  await startParty(host);
  assert.match((await nextArrival(host)).caption ?? '', /^Lin is here/);
  // Its clock is this machine's, so the picture of that moment can be had.
  await nextSnapshot(host);
  const pictures = await picturesOf(film);
  assert.deepEqual(await uploadedPictures(house.awsUrl, pictures.length), pictures, 'bit for bit');
  await endParty(host);
  const pulse = await heard(house, 'that only waits', ({ serves }) => serves === undefined);
  assert.equal(pulse.problem, undefined);
  t.diagnostic(producer.output().trim().split('\n').at(-1) ?? '');
});

/** The pictures of a film, each by what is coded of it: what else a camera sends with them does not count. */
async function picturesOf(film: string): Promise<string[]> {
  const { pictures } = await codedClip(film);
  return pictures.map(({ data }) => codedIn(data));
}

/** As many pictures of the stream from its first one on, as whoever reads it by GetMedia has them. */
async function uploadedPictures(endpoint: string, count: number): Promise<string[]> {
  const client = new KinesisVideoMediaClient({ endpoint, region: names.region, credentials });
  const { Payload } = await client.send(
    new GetMediaCommand({
      StreamName: names.videoStream,
      StartSelector: { StartSelectorType: 'EARLIEST' },
    }),
  );
  const reader = new MatroskaReader();
  const pictures: string[] = [];
  for await (const bytes of Payload as unknown as AsyncIterable<Buffer>) {
    for (const event of reader.take(bytes)) if ('block' in event) pictures.push(codedIn(event.block.data));
    if (pictures.length >= count) break;
  }
  client.destroy();
  return pictures.slice(0, count);
}

function codedIn(picture: Uint8Array): string {
  const hash = createHash('sha256');
  for (const unit of unitsWithLengths(picture, 4)) if (hasPicture([unit])) hash.update(unit);
  return hash.digest('hex');
}
