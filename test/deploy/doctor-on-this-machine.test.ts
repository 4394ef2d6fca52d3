import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openHouse } from '../support/house.ts';
import { runProcess } from './command-process.ts';
import { wrongIn } from './found-by-doctor.ts';

test('the doctor finds the house on this machine by itself, and uses none of the shell’s credentials', async (t) => {
  const house = await openHouse(t);
  const nowhere = {
    AWS_ACCESS_KEY_ID: 'AKIAREALREALREALREAL',
    AWS_SECRET_ACCESS_KEY: 'real',
    AWS_PROFILE: 'production',
  };
  const ended = await runProcess(
    t,
    { environment: {}, folder: house.folder },
    ['doctor', '--data', '.'],
    nowhere,
  );
  assert.match(ended.stdout, /^The house on this machine/);
  // Nobody has said hello in its chat yet; all else is as it should be.
  assert.deepEqual(
    wrongIn(ended).map((line) => /^✗ (\S+)/.exec(line)?.[1]),
    ['host'],
    ended.stdout + ended.stderr,
  );
  assert.doesNotMatch(ended.stdout, /limits|stack|producer/);
  assert.match(wrongIn(ended)[0] ?? '', /→ press Start in the chat on the page: http:\/\/127/);
  assert.match(ended.stdout, /✓ camera +is turned off; before a party choose one on the page/);
  assert.match(ended.stdout, /✓ face collection +is made with the first guest/);

  await house.services.guests.add('g1', 'Tony');
  await house.services.guests.addPhoto('g1', { photoId: 'one', faceIds: ['gone'], key: 'photos/one' });
  const lost = await runProcess(
    t,
    { environment: {}, folder: house.folder },
    ['doctor', '--data', '.'],
    nowhere,
  );
  const [, collection] = wrongIn(lost);
  assert.match(collection ?? '', /face collection +is gone, though guests are known → .*--repair --data /);
  assert.ok(collection?.includes(house.folder), 'the house is not in the default folder');
});
