import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { hasArrived } from '../../../party/arrivals/arrival-rule.ts';
import { sightings } from '../../../party/arrivals/sightings.ts';
import { Welcome } from '../../../party/arrivals/welcome.ts';
import { hour, second } from '../../../party/clock.ts';
import type { Owner } from '../../../party/guests/people.ts';
import { sightingRules } from '../../../party/recognition/rules.ts';
import {
  type FaceSearchRecordJson,
  type MatchedFaceJson,
  parseRecord,
} from '../../../party/record/record.ts';
import { FrameSearch } from '../../../producer/search/frame-search.ts';
import { PersonSearches } from '../../../producer/search/person-searches.ts';
import { budget } from '../../../producer/search/search-budget.ts';
import { faceLike } from '../../support/faces.ts';
import { keptChat } from '../../support/kept-chat.ts';
import { partyOn } from '../../support/party.ts';
import { bytesOf, match, recordOf } from '../../support/records.ts';
import { openTable } from '../../support/table.ts';

const rules = sightingRules.images;
const guest = (id: string): Owner => ({ kind: 'guest', id });

describe('whom the producer takes for named has arrived', () => {
  test('a guest who looks like another at first arrives as soon as they can be told apart', async (t) => {
    const table = await openTable();
    t.after(() => table.close());
    const party = { ...partyOn(table.table), rules };
    await party.guests.add('anna', 'Anna');
    await party.guests.add('bob', 'Bob');
    await party.people.assign('anna-1', guest('anna'));
    await party.people.assign('bob-1', guest('bob'));
    await party.parties.start({ chatId: 42, startedBy: 1, endsAt: party.now() + hour });
    party.clock.pass(second);
    const welcome = new Welcome(party, keptChat());

    // A face as like to Anna as to Bob, until it turns to the camera.
    const answers = [[92, 91], [92, 91], [95, 85]]; // biome-ignore format: a table
    let calls = 0;
    const records: FaceSearchRecordJson[] = [];
    const search = new FrameSearch({
      search: async () => {
        const [anna, bob] = answers[Math.min(calls++, answers.length - 1)]!;
        return { matches: [match('anna-1', anna!), match('bob-1', bob!)] };
      },
      canSearch: () => true,
      putRecord: (record) => records.push(record),
      recordsLost: () => 0,
      putPicture: () => {},
      streamArn: 'arn:aws:kinesisvideo:eu-central-1:000000000000:stream/producer/0',
      now: party.now,
    });
    const arrived: string[] = [];
    for (let frame = 0; frame < 50; frame++) {
      party.clock.pass(200);
      const picture = { width: 1280, height: 720, data: new Uint8Array() };
      search.take({ time: party.now(), picture }, [faceLike()]);
      await search.finish();
      const placed = records.splice(0).map((record) => ({
        sequenceNumber: String(frame),
        cameAt: party.now(),
        record: parseRecord(bytesOf(record)),
      }));
      if (placed.length > 0) arrived.push(...(await welcome.batch(placed)).arrived);
    }

    assert.deepEqual(arrived, ['anna']);
    assert.equal(calls, budget.track, 'and nobody is searched any more');
  });

  test('whoever the indexed faces belong to', () => {
    const faceIds = ['a', 'b', 'c', 'd'];
    const owners = fc
      .tuple(...faceIds.map(() => fc.constantFrom('anna', 'bob', 'cleo')))
      .map((ids) => new Map(ids.map((id, index) => [faceIds[index]!, guest(id)])));
    const similarity = fc.oneof(fc.integer({ min: 70, max: 100 }), fc.constantFrom(91, 92, 93, 98, 99));
    const matches = fc
      .uniqueArray(fc.tuple(fc.constantFrom(...faceIds), similarity), { selector: ([faceId]) => faceId })
      .map((pairs) => pairs.map(([faceId, similar]) => match(faceId, similar)));
    const searches = fc.array(fc.record({ pause: fc.integer({ min: 400, max: 6000 }), matches }), {
      minLength: 1,
      maxLength: budget.track,
    });
    let named = 0;
    fc.assert(
      fc.property(owners, searches, (whose, answers) => {
        const person = new PersonSearches(rules);
        const seen = new Map<string, number[]>();
        const arrived = new Set<string>();
        let time = 1_795_000_000_000;
        for (const { pause, matches } of answers) {
          if (person.areOver) break;
          time += pause;
          person.begin({ track: 1, time, box: faceLike().box }, 1);
          person.answered(time, asMatches(matches));
          for (const { person, similarity } of sightings(recordWith(time, matches), time, whose, rules)) {
            const times = [...(seen.get(person.id) ?? []), time];
            seen.set(person.id, times);
            if (hasArrived({ times, similarity }, rules)) arrived.add(person.id);
          }
        }
        // Whoever is named is never due again; whose budget is spent is, some time later.
        const isNamed = person.areOver && !person.isDue(1, time + hour);
        if (isNamed) {
          named += 1;
          assert.ok(arrived.size > 0, 'the producer has stopped searching, and nobody has arrived');
        }
      }),
      { numRuns: 500 },
    );
    assert.ok(named > 50, `only ${named} were named: this says nothing`);
  });
});

const asMatches = (matches: readonly MatchedFaceJson[]) =>
  matches.map(({ Similarity, Face: { FaceId } }) => ({ faceId: FaceId, similarity: Similarity }));

const recordWith = (time: number, matches: readonly MatchedFaceJson[]) =>
  parseRecord(bytesOf(recordOf(time, [{ matches }])));
