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

/** So often it is tried. */
const mostParties = 8;

test('by images too, of four guests the one who is surely in the film arrives once, and nobody who is not', {
  skip: withoutFaces || withoutRtspServer,
  timeout: 600_000,
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
  // For looking into a test that failed.
  t.after(() => t.diagnostic(producer.output()));
  await heard(house);

  const arrivals = async () =>
    (await host.messages()).filter(isArrival).map(({ caption = '' }) => caption.split(' ')[0]);
  // The film is shown again and again, as often as the producer comes for it.
  const showings = rounds(1, 5);
  const begun = () => producer.log().filter(({ message }) => message === 'The camera sends').length;
  // Single looks at Lin are like his photo in two seconds of the film, and a busy machine takes few. Whom the searches do
  // not name is left alone for a minute; in the next party he is new.
  let recap = '';
  for (let party = 0; party < mostParties && !(await arrivals()).includes('Lin'); party++) {
    const before = begun();
    await startParty(host);
    await eventually('the film was shown', () => begun() > before + showings, 60_000 * showings);
    recap = await endParty(host);
  }
  t.diagnostic(recap);
  const arrived = await arrivals();
  assert.equal(arrived.filter((name) => name === 'Lin').length, 1);
  assert.deepEqual(
    arrived.filter((name) => name !== 'Lin' && name !== 'Alex'),
    [],
  );
});
