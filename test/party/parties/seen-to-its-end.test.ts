import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Party } from '../../../party/parties/party.ts';
import { seenToItsEnd } from '../../../party/parties/seen-to-its-end.ts';

const end = 1_795_000_000_000;
const over: Party = { id: 'p', chatId: 42, startedBy: 1, startedAt: end - 3_600_000, endsAt: end };

/** What each look finds on the party's item; the last of them from then on. */
async function look(begin: Partial<Party>, ...found: Array<Partial<Party> | undefined>) {
  let waited = 0;
  let last: Party | undefined = { ...over, ...begin };
  const parties = {
    async latest() {
      if (found.length > 0) {
        const next = found.shift();
        last = next && { ...over, ...begin, ...next };
      }
      return last;
    },
  };
  const party = await seenToItsEnd({ parties }, { ...over, ...begin }, async (milliseconds) => {
    waited += milliseconds;
  });
  return { party, waited };
}

test('a party whose door was never watched is not waited for', async () => {
  assert.equal((await look({})).waited, 0);
});

test('a door that was watched a minute ago or longer is not waited for: its records are given up by now', async () => {
  assert.equal((await look({ watchedUntil: end - 60_001 })).waited, 0);
});

test('a frame from after the end says that all before it were handled', async () => {
  const { party, waited } = await look(
    { watchedUntil: end - 800 },
    { watchedUntil: end - 800 },
    { watchedUntil: end - 100, handledUntil: end - 100 },
    { watchedUntil: end - 100, handledUntil: end + 100 },
  );
  assert.equal(waited, 500);
  assert.equal(party.watchedUntil, end - 100, 'and until when the door was watched is known better');
});

test('when nothing goes on for three seconds, there is nothing more to wait for', async () => {
  const { waited } = await look({ watchedUntil: end - 5000 });
  assert.ok(waited >= 2500 && waited <= 3000, String(waited));
});

test('a match that goes on is waited for, and for six seconds at most', async () => {
  const steps = Array.from({ length: 100 }, (_, step) => ({ handledUntil: end - 50_000 + step }));
  const { waited } = await look({ watchedUntil: end - 50_000 }, ...steps);
  assert.ok(waited > 5000 && waited <= 6000, String(waited));
});

test('a party that another has ended meanwhile is not waited for', async () => {
  assert.ok((await look({ watchedUntil: end - 1000 }, undefined)).waited <= 250);
});
