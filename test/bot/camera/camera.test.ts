import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';
import { CameraTrouble } from '../../../party/recognition/camera-trouble.ts';
import type { Recognition } from '../../../party/recognition/recognition.ts';
import { openBotHouse, says } from '../../support/bot-house.ts';
import { doorOf, faceLike, inviteGuests } from '../../support/door.ts';
import { startParty } from '../../support/house.ts';
import { sampleFile } from '../../support/pictures.ts';

test('the camera’s picture comes in private, each face with who it is, how sure, how large, and what helps', async (t) => {
  const picture = await readFile(sampleFile(3));
  let jpeg: Uint8Array | undefined = picture;
  let message: string | undefined;
  const house = await openBotHouse(t, {
    pictures: true,
    instead: ({ recognition: real }) => ({
      recognition: {
        start: (until) => real.start(until),
        stop: () => real.stop(),
        status: async () => ({ ...(await real.status()), ...(message && { message }) }),
        picture: async () => jpeg,
      } satisfies Recognition,
    }),
  });
  const { host } = house;
  await inviteGuests(house, ['Anna', 'Ben']);
  const trouble = new CameraTrouble(house.services.table);
  await trouble.write('No camera is chosen.');
  await host.say(host.bot, '/camera');
  await host.waitForMessage(says(/^I can only look while a party is on\..*\nNo camera is chosen\.$/));
  await host.say(host.bot, '/status');
  await host.waitForMessage(says(/\nI’m not watching the door\.\nNo camera is chosen\.\n/));
  await trouble.write(undefined);
  await startParty(host);

  await host.say(host.bot, '/camera');
  const nobody = await host.waitForMessage(({ photo }) => photo !== undefined);
  assert.match(nobody.caption!, /^The door at \d\d:\d\d:\d\d\.\nI see no face\.$/);

  await doorOf(house).shows(
    faceLike({ anna: 93 }),
    { left: 0.1 },
    { left: 0.7, ...faceLike({ ben: 90 }), yaw: 70 },
  );
  await host.say(host.bot, '/camera');
  const { caption } = await host.waitForMessage(says(/^The door at .*\n1: Anna/));
  const [, anna, unknown, ben] = caption!.split('\n');
  assert.match(anna!, /^1: Anna, 93 of 100, \d+ pixels high\. Good\.$/);
  assert.match(unknown!, /^2: \d+ pixels high\. I don’t know this face\.$/);
  assert.match(
    ben!,
    /^3: Ben, 90 of 100, \d+ pixels high\. Turned too far away: hang the camera where people look\.$/,
  );

  jpeg = undefined;
  await host.say(host.bot, '/camera');
  await host.waitForMessage(says(/^I can’t get a picture from the camera\. Check that it’s on/));
  message = 'No camera is chosen.';
  await host.say(host.bot, '/camera');
  await host.waitForMessage(says(/^I can’t get a picture from the camera\. No camera is chosen\.$/));
});
