import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { test } from 'node:test';
import { eventually } from './support/eventually.ts';
import { claim, endParty, invite, isArrival, openHouse, startParty } from './support/house.ts';
import { facesFolder, withoutFaces } from './support/pictures.ts';
import { heard, runProducer } from './support/producer.ts';
import { rounds } from './support/rounds.ts';
import { startRtspServer, withoutRtspServer } from './support/rtsp-server.ts';

test('by images too, of four guests the one who is surely in the film arrives once, and nobody who is not', {
  skip: withoutFaces || withoutRtspServer,
  timeout: 300_000,
}, async (t) => {
  const file = (name: string) => path.join(facesFolder, name);
  const house = await openHouse(t, { recognition: 'images' });
  await house.carols;
  const camera = await startRtspServer(file('hamilton/short_hamilton_clip.mp4'));
  t.after(() => camera.stop());
  const host = await house.person('host');
  await claim(house, host);
  await invite(host, 'Lin', await readFile(file('hamilton/lin-manuel-miranda.png')), 'document');
  await invite(host, 'Alex', await readFile(file('hamilton/alex-lacamoire.png')));
  await invite(host, 'Obama', await readFile(file('people/obama.jpg')));
  await invite(host, 'Biden', await readFile(file('people/biden.jpg')));
  const producer = runProducer(t, ['--env-file', house.producerEnv!], { CAMERA_URL: camera.address });
  await heard(house);
  await startParty(host);

  const arrivals = async () =>
    (await host.messages()).filter(isArrival).map(({ caption = '' }) => caption.split(' ')[0]);
  // The film is shown again and again, as often as the producer comes for it.
  const showings = rounds(1, 5);
  const begun = () => producer.log().filter(({ message }) => message === 'The camera sends').length;
  const isShown = async () => begun() > showings && (await arrivals()).includes('Lin');
  await eventually(`the film was shown ${showings} times, and Lin seen`, isShown, 200_000);
  const recap = await endParty(host);
  t.diagnostic(recap);
  t.diagnostic(producer.output().trim().split('\n').at(-1) ?? '');
  const arrived = await arrivals();
  assert.equal(arrived.filter((name) => name === 'Lin').length, 1);
  assert.deepEqual(
    arrived.filter((name) => name !== 'Lin' && name !== 'Alex'),
    [],
  );
});
