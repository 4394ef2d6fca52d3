import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { hasArrived } from '../../../party/arrivals/arrival-rule.ts';
import { sightings } from '../../../party/arrivals/sightings.ts';
import { hour } from '../../../party/clock.ts';
import type { FaceOwner, Owner } from '../../../party/guests/people.ts';
import { sightingRules } from '../../../party/recognition/rules.ts';
import { type MatchedFaceJson, parseRecord } from '../../../party/record/record.ts';
import { PersonSearches } from '../../../producer/search/person-searches.ts';
import { budget } from '../../../producer/search/search-budget.ts';
import { faceLike } from '../../support/faces.ts';
import { bytesOf, match, recordOf } from '../../support/records.ts';

const rules = sightingRules.images;
const look = { goodness: 1, alone: undefined, descriptor: faceLike().descriptor };
const guest = (id: string): Owner => ({ kind: 'guest', id });

const asMatches = (matches: readonly MatchedFaceJson[]) =>
  matches.map(({ Similarity, Face: { FaceId } }) => ({ faceId: FaceId, similarity: Similarity }));

const recordWith = (time: number, matches: readonly MatchedFaceJson[]) =>
  parseRecord(bytesOf(recordOf(time, [{ matches }])));

for (const { isCareful, faceIds, pauses } of [
  { isCareful: false, faceIds: ['a', 'b', 'c', 'd'], pauses: { min: 400, max: 6000 } },
  // It takes three looks in five seconds, at one face that leads by far: seldom by chance.
  { isCareful: true, faceIds: ['a', 'b'], pauses: { min: 400, max: 2000 } },
])
  test(`whom the producer takes for named has arrived, whoever the faces belong to${isCareful ? ' and is easily mistaken' : ''}`, () => {
    const owners = fc
      .tuple(...faceIds.map(() => fc.constantFrom('anna', 'bob', 'cleo')))
      .map(
        (ids) =>
          new Map(
            ids.map((id, index): [string, FaceOwner] => [
              faceIds[index]!,
              { ...guest(id), ...(isCareful && id !== 'cleo' && { isEasilyMistaken: true }) },
            ]),
          ),
      );
    const similarity = fc.oneof(fc.integer({ min: 70, max: 100 }), fc.constantFrom(91, 92, 93, 98, 99));
    const matches = fc
      .uniqueArray(fc.tuple(fc.constantFrom(...faceIds), similarity), { selector: ([faceId]) => faceId })
      .map((pairs) => pairs.map(([faceId, similar]) => match(faceId, similar)));
    const searches = fc.array(fc.record({ pause: fc.integer(pauses), matches }), {
      minLength: 1,
      maxLength: budget.track + budget.confirmation,
    });
    let named = 0;
    fc.assert(
      fc.property(owners, searches, (whose, answers) => {
        const person = new PersonSearches(rules, () => isCareful);
        const seen = new Map<string, number[]>();
        const arrived = new Set<string>();
        let time = 1_795_000_000_000;
        for (const { pause, matches } of answers) {
          if (person.areOver) break;
          time += pause;
          person.begin({ track: 1, time, box: faceLike().box }, look);
          person.answered(time, asMatches(matches));
          for (const { person, ...seenNow } of sightings(recordWith(time, matches), time, whose, rules)) {
            const times = [...(seen.get(person.id) ?? []), time];
            seen.set(person.id, times);
            if (hasArrived({ ...seenNow, times }, rules)) arrived.add(person.id);
          }
        }
        // Whoever is named is never due again; whose budget is spent is, some time later.
        const isNamed = person.areOver && !person.isDue(look, time + hour);
        if (isNamed) {
          named += 1;
          assert.ok(arrived.size > 0, 'the producer has stopped searching, and nobody has arrived');
        }
      }),
      { numRuns: 1000 },
    );
    assert.ok(named > 50, `only ${named} were named: this says nothing`);
  });
