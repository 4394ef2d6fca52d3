import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { minute, second } from '../../../party/clock.ts';
import { sightingRules } from '../../../party/recognition/rules.ts';
import type { FaceMatch } from '../../../party/record/record.ts';
import { goodnessOf } from '../../../producer/search/goodness.ts';
import { budget } from '../../../producer/search/search-budget.ts';
import { SearchPlan } from '../../../producer/search/search-plan.ts';
import type { Face } from '../../../vision/face.ts';
import { Tracker } from '../../../vision/tracker.ts';
import { type FaceLike, faceLike } from '../../support/faces.ts';

const { careful } = sightingRules.images;
const rules = { threshold: 80, certain: 99, margin: 3, window: 5 * second, careful };

/** What a collection says of a person. */
type Collection = (person: number) => readonly FaceMatch[];
const nobody: Collection = () => [];
const likely: Collection = (person) => [{ faceId: `face of ${person}`, similarity: 90 }];
const certain: Collection = (person) => [{ faceId: `face of ${person}`, similarity: 99 }];
const anna = (similarity: number): FaceMatch => ({ faceId: 'anna', similarity });
const bob = (similarity: number): FaceMatch => ({ faceId: 'bob', similarity });

/** A face of a track, described in this very picture. */
const seenAs = (track: number, face: Face) => ({ track, face, alone: face.descriptor });

/** A door at which faces are seen five times a second and searched as the plan says; each call is answered at once. */
function door(collection: Collection) {
  const plan = new SearchPlan(rules);
  const tracker = new Tracker();
  const calls: number[] = [];
  let time = 0;
  return {
    plan,
    /** When searches were made, in milliseconds. */
    calls,
    get time() {
      return time;
    },
    show(faces: readonly FaceLike[], seconds: number) {
      for (const end = time + seconds * second; time < end; time += 200) {
        const tracked = tracker.update(faces.map(faceLike), time);
        const seen = tracked.map(({ track, face }) => seenAs(track, face));
        for (const { track, face } of plan.choose(seen, time, 4)) {
          calls.push(time);
          plan.answered(track, time, collection(face.descriptor.findIndex((value) => value > 0.5)));
        }
      }
    },
  };
}

describe('the plan of searches', () => {
  test('a guest is searched at once, and a second time a moment later', () => {
    const { show, calls } = door(likely);
    show([{ person: 1 }], 10);
    assert.deepEqual(calls, [0, 400]);
  });

  test('one search that is certain is enough', () => {
    const { show, calls } = door(certain);
    show([{ person: 1 }], 60);
    assert.deepEqual(calls, [0]);
  });

  test('somebody who is named costs nothing more, however long they stand about', () => {
    const { show, calls } = door(likely);
    show([{ person: 1 }], 3600);
    assert.equal(calls.length, 2);
  });

  test('a stranger costs five calls, and is asked about again after one, two, four … minutes', () => {
    const { show, calls } = door(nobody);
    show([{ person: 1 }], 50);
    assert.equal(calls.length, budget.track);
    assert.ok(calls.at(-1)! < 10 * second, 'a guest is still at the door then');
    show([{ person: 1 }], 30);
    assert.equal(calls.length, 2 * budget.track);
    show([{ person: 1 }], 3600);
    assert.equal(calls.length, 6 * budget.track, 'in an hour');
  });

  test('a second picture that is worse confirms a guest no later', () => {
    const { show, calls } = door(likely);
    show([{ person: 1, sharpness: 90 }], 0.2);
    show([{ person: 1, sharpness: 60 }], 3);
    assert.deepEqual(calls, [0, 400]);
  });

  test('a much better picture of a stranger is searched at once', () => {
    const { show, calls } = door(nobody);
    show([{ person: 1, width: 45 }], 0.6);
    const before = calls.length;
    show([{ person: 1, width: 90 }], 0.4);
    assert.equal(calls.length, before + 1);
  });

  test('after a search in vain a look that is like it waits, and one that is unlike it is searched at once', () => {
    const { show, calls } = door(nobody);
    show([{ person: 1 }], 0.6);
    show([{ person: 1, off: 0.3 }], 0.2);
    assert.deepEqual(calls, [0], 'it would say the same');
    show([{ person: 1, off: 0.5 }], 0.2);
    assert.deepEqual(calls, [0, 800]);
    show([{ person: 1 }], 1.2);
    show([{ person: 1, off: 0.5 }], 0.2);
    assert.deepEqual(calls, [0, 800], 'both were searched already');
    show([{ person: 1, off: -0.5 }], 0.2);
    assert.deepEqual(calls, [0, 800, 2400]);
  });

  test('a look that was not described is not searched twice either', () => {
    const plan = new SearchPlan(rules);
    const face = faceLike();
    const asks = (time: number, alone?: Float32Array) =>
      plan.choose([{ track: 1, face, alone }], time, 4).length === 1;
    assert.ok(asks(0));
    plan.answered(1, 0, []);
    assert.ok(!asks(0.5 * second, face.descriptor), 'the mean of all looks was like it');
    assert.ok(asks(second, face.descriptor));
  });

  test('an unlike look that is a worse picture waits too: turned away or blurred, everybody is unlike', () => {
    const { show, calls } = door(nobody);
    show([{ person: 1 }], 0.6);
    show([{ person: 1, off: 0.5, sharpness: 60 }], 1);
    assert.deepEqual(calls, [0, 1000]);
  });

  test('faces that do not count are not searched', () => {
    const { show, calls } = door(likely);
    show([{ width: 30 }, { person: 1, left: 100, yaw: 60 }, { person: 2, left: 900, sharpness: 20 }], 5);
    assert.deepEqual(calls, []);
  });

  test('two searches that name different faces have not named anybody', () => {
    let call = 0;
    const wavering = door(() => [{ faceId: String(call++), similarity: 90 }]);
    wavering.show([{ person: 1 }], 30);
    assert.equal(wavering.calls.length, budget.track + budget.confirmation);
  });

  test('a guest whom only some looks are like is looked at until a second one is', () => {
    const like = [false, false, false, true, false, true];
    let call = 0;
    const { show, calls } = door((person) => (like[call++] ? likely(person) : []));
    show([{ person: 1 }], 50);
    assert.equal(calls.length, 6);
    const [first, second] = [calls[3]!, calls[5]!];
    assert.ok(second - first <= rules.window, 'soon enough for the two to make an arrival');
  });

  test('one look alone that was like a guest costs three more, and is over with the rule’s window', () => {
    let call = 0;
    const { plan, ...seen } = door((person) => (call++ === budget.track - 1 ? likely(person) : []));
    seen.show([{ person: 1 }], 30);
    assert.equal(seen.calls.length, budget.track + budget.confirmation);
    assert.ok(!plan.isCurious(seen.time));
  });

  test('searches that cannot tell two faces apart have not named anybody', () => {
    const { plan, ...seen } = door(() => [anna(92), bob(91)]);
    seen.show([{ person: 1 }], 3);
    assert.equal(seen.calls.length, 3);
    assert.ok(plan.isCurious(seen.time), 'two that lie so close may be two guests: it goes on');
    seen.show([{ person: 1 }], 30);
    assert.equal(seen.calls.length, budget.track, 'or two photos of one, who costs no more than anybody');
  });

  test('nor has a search that would be certain, but for another face that is as like', () => {
    const { show, calls } = door(() => [anna(99.5), bob(99)]);
    show([{ person: 1 }], 1);
    assert.equal(calls.length, 2);
  });

  test('two photos of one guest have named the guest when one of them leads in two searches', () => {
    const { show, calls } = door(() => [anna(95), bob(92)]);
    show([{ person: 1 }], 30);
    assert.equal(calls.length, 2);
  });

  test('once one face leads, a second look at it comes at once', () => {
    let call = 0;
    const { show, calls } = door(() => [anna(92), bob(call++ < 2 ? 91 : 80)]);
    show([{ person: 1 }], 30);
    assert.deepEqual(calls, [0, 400, 2400, 2800]);
  });

  test('two searches further apart than the rule’s window do not name together', () => {
    const { plan, ...seen } = door(likely);
    seen.show([{ person: 1 }], 0.2);
    seen.show([], 8);
    seen.show([{ person: 1 }], 4);
    assert.equal(seen.calls.length, 3);
  });

  test('a picture on the wall, found and lost all evening, costs some cents', () => {
    const { show, calls } = door(nobody);
    for (let turn = 0; turn < 5 * 60 * 6; turn++) {
      show([{ person: 1 }], 1);
      show([], 9);
    }
    assert.ok(calls.length <= 50, `${calls.length} calls`);
  });

  test('an evening of guests and strangers takes twenty times fewer searches than faces are seen', () => {
    const known = door((person) => (person <= 40 ? likely(person) : []));
    let faces = 0;
    for (let person = 1; person <= 60; person++) {
      known.show([{ person }], 15);
      known.show([], 5);
      faces += 15 * 5;
    }
    assert.ok(known.calls.length * 20 <= faces, `${known.calls.length} searches for ${faces} faces`);
    assert.equal(known.calls.length, 40 * 2 + 20 * budget.track);
  });

  test('whoever goes and comes back soon is not searched again, and later is', () => {
    const { show, calls } = door(likely);
    show([{ person: 1 }], 2);
    show([], 10);
    show([{ person: 1 }], 5);
    assert.equal(calls.length, 2);
    show([], 60);
    show([{ person: 1 }], 5);
    assert.equal(calls.length, 4);
  });

  test('no place costs more than thirty calls a minute, and no other place suffers from it', () => {
    const { show, calls } = door(nobody);
    for (let person = 1; person <= 60; person++) show([{ person }], 0.4);
    assert.equal(calls.length, budget.place);
    show([{ person: 99, left: 100 }], 0.2);
    assert.equal(calls.length, budget.place + 1);
    show([], 60);
    show([{ person: 100 }], 0.2);
    assert.equal(calls.length, budget.place + 2);
  });

  test('when records were lost, whoever stands there is searched again', () => {
    const { plan, show, calls } = door(likely);
    show([{ person: 1 }], 10);
    plan.forget();
    show([{ person: 1 }], 10);
    assert.equal(calls.length, 4);
  });

  test('what is asked while all is forgotten counts for nothing once it is answered, nor does what was before', () => {
    const plan = new SearchPlan(rules);
    const tracked = [seenAs(1, faceLike())];
    const asks = (time: number) => plan.choose(tracked, time, 4).length === 1;
    assert.ok(asks(0));
    plan.answered(1, 0, [anna(90)]);
    assert.ok(asks(second));
    plan.forget();
    plan.answered(1, second, [anna(90)]);
    assert.ok(asks(2 * second));
    plan.answered(1, 2 * second, [anna(90)]);
    assert.ok(asks(3 * second), 'one sighting does not name her');
    plan.answered(1, 3 * second, [anna(90)]);
    assert.ok(!asks(4 * second), 'and two do');

    plan.forget();
    assert.ok(asks(5 * second));
    plan.forget();
    plan.failed(1);
    assert.ok(asks(5.2 * second));
  });

  test('a search without an answer costs nothing and is made again', () => {
    const plan = new SearchPlan(rules);
    const tracked = [seenAs(1, faceLike())];
    for (let time = 0; time < 60 * second; time += second) {
      assert.equal(plan.choose(tracked, time, 4).length, 1, String(time));
      plan.failed(1);
    }
  });

  test('a search without an answer costs nothing, and the others of its picture cost what they did', () => {
    const plan = new SearchPlan(rules);
    let calls = 0;
    for (let person = 1; person <= 60; person++) {
      const time = person * 0.5 * second;
      const unanswered = seenAs(0, faceLike({ person: 0, left: 900 }));
      const passing = seenAs(person, faceLike({ person, left: 100 }));
      for (const { track } of plan.choose([unanswered, passing], time, 4)) {
        if (track === unanswered.track) plan.failed(track);
        else {
          plan.answered(track, time, []);
          calls += 1;
        }
      }
    }
    assert.equal(calls, budget.place);
  });

  test('a face is followed from afar and searched only when Rekognition can find it', () => {
    const { show, calls } = door(likely);
    show([{ person: 1, width: 39 }], 2);
    assert.deepEqual(calls, []);
    show([{ person: 1, width: 40 }], 2);
    assert.deepEqual(calls, [2000, 2400]);
  });

  test('no face is searched while its search is under way, and no more at once than there is room', () => {
    const plan = new SearchPlan(rules);
    const tracked = [1, 2, 3].map((person) => seenAs(person, faceLike({ person, left: 300 * person })));
    assert.equal(plan.choose(tracked, 0, 2).length, 2);
    assert.equal(plan.choose(tracked, 1000, 4).length, 1);
    assert.equal(plan.choose(tracked, 9000, 4).length, 0);
  });

  test('whoever goes and comes back as another track before the answer is there is not forgotten by it', () => {
    const face = faceLike();
    const returned = (settle: (plan: SearchPlan) => void): SearchPlan => {
      const plan = new SearchPlan(rules);
      assert.equal(plan.choose([seenAs(1, face)], 0, 4).length, 1);
      assert.equal(plan.choose([seenAs(2, face)], 3.2 * second, 4).length, 0, 'it is under way');
      settle(plan);
      return plan;
    };

    const failed = returned((plan) => plan.failed(1));
    assert.equal(failed.choose([seenAs(2, face)], 3.4 * second, 4).length, 1, 'it is made again');

    const named = returned((plan) => plan.answered(1, 3.3 * second, certain(0)));
    assert.equal(named.choose([seenAs(2, face)], 60 * second, 4).length, 0, 'nobody asks again');
    assert.ok(!named.isCurious(60 * second));
  });

  test('somebody who is not named yet makes it curious', () => {
    const seen = door(likely);
    seen.show([{ person: 1 }], 0.2);
    assert.ok(seen.plan.isCurious(seen.time));
    seen.show([{ person: 1 }], 2);
    assert.ok(!seen.plan.isCurious(seen.time));
  });

  test('the better picture of a face is the larger, sharper and straighter one', () => {
    const good = goodnessOf(faceLike());
    for (const worse of [{ width: 60 }, { sharpness: 50 }, { yaw: 40 }]) {
      assert.ok(goodnessOf(faceLike(worse)) < good, JSON.stringify(worse));
    }
  });

  test('whatever is seen and answered, a minute never costs more than its bounds', () => {
    const answer = fc.constantFrom(nobody, likely, certain);
    const scene = fc.record({
      faces: fc.uniqueArray(
        fc.record({ person: fc.nat(20), left: fc.nat(3).map((column) => column * 320) }),
        { maxLength: 4, selector: ({ person }) => person },
      ),
      seconds: fc.integer({ min: 1, max: 20 }),
    });
    fc.assert(
      fc.property(fc.array(scene, { maxLength: 12 }), answer, (scenes, collection) => {
        const { show, calls } = door(collection);
        for (const { faces, seconds } of scenes) show(faces, seconds);
        for (const time of calls) {
          const inMinute = calls.filter((call) => call >= time && call < time + minute).length;
          assert.ok(inMinute <= 4 * budget.place, `${inMinute} calls in a minute`);
        }
        const people = new Set(scenes.flatMap(({ faces }) => faces.map(({ person }) => person))).size;
        const evening = scenes.reduce((sum, { seconds }) => sum + seconds, 0);
        const renewals = 1 + Math.floor(evening / 60);
        assert.ok(
          calls.length <= people * budget.track * renewals,
          `${calls.length} calls for ${people} people`,
        );
      }),
      { numRuns: 50 },
    );
  });
});
