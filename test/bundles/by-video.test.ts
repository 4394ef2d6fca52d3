import assert from 'node:assert/strict';
import { test } from 'node:test';
import { startParty } from '../support/house.ts';
import { withoutRtspServer } from '../support/rtsp-server.ts';
import {
  assertRights,
  everythingIsForgotten,
  guestsArrive,
  inviteGuests,
  leavesNothingBehind,
  openDeployedHouse,
  startFirstParty,
  theHomeWasToldOfAll,
} from './evening.ts';
import { watchTheDoor } from './watched-door.ts';

test('by video, the producer and the bundles run a house from its deployment to its deletion, with their own rights and no others', {
  skip: withoutRtspServer,
}, async (t) => {
  const { house, host, home, account, setupId, template } = await openDeployedHouse(t, 'video');
  const updated = await house.setUp('Update', setupId);
  assert.equal(updated.Status, 'SUCCESS', updated.Reason);
  await inviteGuests(house, host);
  const camera = await watchTheDoor(t, { house, template });
  await startFirstParty(host);
  await guestsArrive(house, host, () => camera.stop());
  await theHomeWasToldOfAll(home);
  await everythingIsForgotten(host);
  await startParty(host);
  await leavesNothingBehind(house, setupId);
  await assertRights(account, house, template, 'video');
});
