import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { test } from 'node:test';
import { eventually } from './support/eventually.ts';
import { claim, endParty, invite, isArrival, openHouse, showVideo, startParty } from './support/house.ts';
import { facesFolder, withoutFaces } from './support/pictures.ts';

test('of four guests, the one who is surely in the film arrives once, and the two who are not in it never', {
  skip: withoutFaces,
  timeout: 180_000,
}, async (t) => {
  const file = (name: string) => readFile(path.join(facesFolder, name));
  const house = await openHouse(t);
  await house.carols;
  const host = await house.person('host');
  await claim(house, host);
  await invite(host, 'Lin', await file('hamilton/lin-manuel-miranda.png'), 'document');
  await invite(host, 'Alex', await file('hamilton/alex-lacamoire.png'));
  await invite(host, 'Obama', await file('people/obama.jpg'));
  await invite(host, 'Biden', await file('people/biden.jpg'));
  await startParty(host);

  await showVideo(house, 'hamilton.mp4', await file('hamilton/short_hamilton_clip.mp4'));
  await eventually('the clip is over', () => house.camera.state.status === 'ended', 120_000);
  const recap = await endParty(host);
  t.diagnostic(recap);

  const arrived = (await host.messages()).filter(isArrival).map(({ caption = '' }) => caption.split(' ')[0]);
  assert.equal(arrived.filter((name) => name === 'Lin').length, 1);
  assert.deepEqual(
    arrived.filter((name) => name !== 'Lin' && name !== 'Alex'),
    [],
  );
});
