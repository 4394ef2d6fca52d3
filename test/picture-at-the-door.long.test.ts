import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { test } from 'node:test';
import sharp from 'sharp';
import { decodePicture } from '../vision/picture.ts';
import { says } from './support/bot-house.ts';
import { makeClip, type Shot } from './support/clip.ts';
import { eventually } from './support/eventually.ts';
import { claim, invite, isArrival, nextArrival, openHouse, showVideo, startParty } from './support/house.ts';
import { portrait } from './support/portraits.ts';
import { tick } from './support/tick.ts';

/** The framed photo's; half of it is the face. Pixels. */
const photoWidth = 220;

/**
 * A hall with a framed photo of Anna on the wall to the left; and Anna herself to the right, if she is there, so far
 * in.
 */
async function hall(annaAt?: number) {
  const photo = await sharp(await portrait('anna'))
    .resize({ width: photoWidth })
    .extend({ top: 8, bottom: 8, left: 8, right: 8, background: '#3b2416' })
    .toBuffer();
  const anna = await sharp(await portrait('annaAgain'))
    .resize({ height: 560 })
    .toBuffer();
  const create = { width: 1280, height: 720, channels: 3, background: '#b9a88c' } as const;
  const layers = [
    { input: photo, left: 80, top: 90 },
    ...(annaAt === undefined ? [] : [{ input: anna, left: annaAt, top: 160 }]),
  ];
  return decodePicture(await sharp({ create }).composite(layers).png().toBuffer());
}

test('a framed photo of a guest is no arrival, and the guest who comes in while it hangs there is one', {
  timeout: 240_000,
}, async (t) => {
  const house = await openHouse(t);
  const host = await house.person('host');
  await claim(house, host);
  await invite(host, 'Anna', await portrait('anna'));
  await startParty(host);
  const { id } = (await house.services.parties.on())!;

  const empty = await hall();
  const show = async (shots: readonly Shot[]) => {
    const clip = path.join(house.folder, 'hall.mp4');
    await makeClip(shots, clip, { framesPerSecond: 10 });
    await showVideo(house, 'hall.mp4', await readFile(clip), { loop: true });
  };
  await show([{ picture: empty, seconds: 10 }]);
  const isTold = says(/^A face at the door that’s like Anna hasn’t moved since the party began/);
  await eventually('the host hears of it', async () => {
    await tick();
    return (await host.messages()).some(isTold);
  });

  await show([
    { picture: empty, seconds: 4 },
    { picture: await hall(760), seconds: 3 },
    { picture: await hall(700), seconds: 3 },
    { picture: empty, seconds: 4 },
  ]);
  // Not before she is in: her photo is found and known from the first frame on.
  await nextArrival(host);
  const [arrival, ...others] = await house.services.arrivals.list(id);
  assert.deepEqual(others, []);
  assert.ok(arrival!.box!.left > 0.5, `Anna herself, and not her photo: ${JSON.stringify(arrival!.box)}`);

  // The photo was seen, and known.
  const places = await house.services.table.query<{ readonly box: { readonly left: number } }>(
    `PARTY#${id}`,
    'still#',
  );
  assert.equal(places.length, 1);
  assert.ok(places[0]!.box.left < 0.3);
  assert.equal((await host.messages()).filter(isArrival).length, 1);
  assert.equal((await host.messages()).filter(isTold).length, 1);
});
