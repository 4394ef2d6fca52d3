import assert from 'node:assert/strict';
import path from 'node:path';
import { test } from 'node:test';
import type { Pulse } from '../party/recognition/pulse.ts';
import { decodePicture } from '../vision/picture.ts';
import { makeClip } from './support/clip.ts';
import { eventually } from './support/eventually.ts';
import {
  claim,
  endParty,
  invite,
  nextArrival,
  nextSnapshot,
  openHouse,
  startParty,
} from './support/house.ts';
import { annaAtTheDoor } from './support/pictures.ts';
import { nobody, portrait } from './support/portraits.ts';
import { heard, runProducer } from './support/producer.ts';
import { startRtspServer, withoutRtspServer } from './support/rtsp-server.ts';
import { swaying } from './support/swaying.ts';

test('with RECOGNITION=images, the producer beside an RTSP camera brings a guest’s arrival and its picture into the chat', {
  skip: withoutRtspServer,
  timeout: 400_000,
}, async (t) => {
  const house = await openHouse(t, { recognition: 'images' });
  await house.carols;
  const clip = path.join(house.folder, 'door.mp4');
  await makeClip(
    [
      { picture: await decodePicture(await nobody()), seconds: 6 },
      ...(await swaying(await annaAtTheDoor(), 120)),
    ],
    clip,
    { framesPerSecond: 4 },
  );
  const camera = await startRtspServer(clip);
  t.after(() => camera.stop());
  const host = await house.person('host');
  await claim(house, host);
  await invite(host, 'Anna', await portrait('anna'));

  await host.say(host.bot, '/start_party');
  const refusal = await host.waitForMessage(
    ({ text }) => text?.startsWith('I couldn’t start the party') === true,
  );
  assert.match(refusal.text ?? '', /no producer has run beside the camera yet/);

  const producer = runProducer(t, ['--env-file', house.producerEnv!], { CAMERA_URL: camera.address });
  await heard(house);
  await startParty(host);

  const arrival = await nextArrival(host);
  t.diagnostic(producer.output());
  assert.match(arrival.caption ?? '', /^Anna is here/);
  const snapshot = await nextSnapshot(host);
  assert.equal(snapshot.photo?.at(-1)?.width, 1280);
  assert.equal(snapshot.reply_to_message?.message_id, arrival.message_id);

  await host.say(host.bot, '/status');
  const status = await host.waitForMessage(({ text }) => text?.startsWith('The party’s on, from') === true);
  t.diagnostic(status.text ?? '');

  // Who has arrived is searched no more, however long she stands there.
  let last: Pulse | undefined;
  const standsUnasked = (pulse: Pulse) => {
    if (pulse.calls !== last?.calls) last = pulse;
    return pulse.calls > 0 && pulse.faces >= last.faces + 20;
  };
  await heard(house, 'that she was seen 20 times, and nobody was asked who she is', standsUnasked);

  assert.match(await endParty(host), /Your guest came:.+Anna/s);
  await eventually('the producer drops the wish', () =>
    producer.log().some(({ message }) => message === 'The door is no longer watched'),
  );
  const begin = performance.now();
  producer.child.kill('SIGTERM');
  assert.equal(await producer.ended, 0);
  t.diagnostic(`It ended in ${Math.round(performance.now() - begin)} ms.\n${producer.output()}`);
});
