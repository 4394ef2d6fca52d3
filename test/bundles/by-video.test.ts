import assert from 'node:assert/strict';
import { createReadStream } from 'node:fs';
import { test } from 'node:test';
import { startParty } from '../support/house.ts';
import {
  assertRights,
  filmOfTheDoor,
  guestsArrive,
  inviteGuests,
  leavesNothingBehind,
  openDeployedHouse,
  theHomeWasToldOfAll,
} from './evening.ts';

test('by video, the bundles run a house from its deployment to its deletion, with the rights of their roles and no others', async (t) => {
  const { house, host, home, account, setupId, template } = await openDeployedHouse(t, 'video');
  const updated = await house.setUp('Update', setupId);
  assert.equal(updated.Status, 'SUCCESS', updated.Reason);
  await inviteGuests(house, host);
  await startParty(host);
  await house.camera.playFile('door.mp4', createReadStream(await filmOfTheDoor()), false);
  await guestsArrive(house, host, () => house.camera.choose('off'));
  await startParty(host);
  await theHomeWasToldOfAll(home);
  await leavesNothingBehind(house, setupId);
  await assertRights(account, house, template, 'video');
});
