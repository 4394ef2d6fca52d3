import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, test } from 'node:test';
import type { Chat } from '../../../party/chat.ts';
import { hour, minute, second } from '../../../party/clock.ts';
import { createDispatcher } from '../../../party/dispatch.ts';
import { NotSentError } from '../../../party/errors.ts';
import type { KeptGap } from '../../../party/parties/gaps.ts';
import type { Party } from '../../../party/parties/party.ts';
import { Watch } from '../../../party/parties/watch.ts';
import { sightingRules } from '../../../party/recognition/rules.ts';
import { partyOn } from '../../support/party.ts';
import { openTable } from '../../support/table.ts';

describe('the watch', () => {
  let house: ReturnType<typeof partyOn>;
  let close: () => Promise<void>;
  let party: Party;
  let told: KeptGap[];
  let start: number;

  beforeEach(async () => {
    const opened = await openTable();
    close = opened.close;
    house = partyOn(opened.table);
    told = [];
    start = house.now();
    party = (await house.parties.start({ chatId: 42, startedBy: 1, endsAt: start + 4 * hour }))!;
  });
  afterEach(() => close());

  /** As each process has one of its own. */
  const watch = (reportGap: Chat['reportGap'] = async (gap) => void told.push(gap)) =>
    new Watch(house, { reportGap });
  const gaps = () => told.map(({ from, to }) => [from - start, to - start]);
  /** Frames of a second, five of them. */
  const secondOf = (time: number) => [0, 200, 400, 600, 800].map((ms) => start + time + ms);

  test('a door that is watched all the time needs no word', async () => {
    const one = watch();
    for (let time = 0; time <= minute; time += second) await one.saw(secondOf(time));
    assert.deepEqual(told, []);
    assert.equal((await house.parties.on())?.watchedUntil, start + minute + 800);
  });

  test('a pause is told once, from the last frame before it to the first after it', async () => {
    const one = watch();
    await one.saw(secondOf(5_000));
    await one.saw(secondOf(125_000));
    await one.saw(secondOf(126_000));
    assert.deepEqual(gaps(), [[5_800, 125_000]]);
    assert.deepEqual(
      { partyId: told[0]?.partyId, chatId: told[0]?.chatId },
      { partyId: party.id, chatId: 1 },
      'the host’s, for the party’s is a group',
    );
  });

  test('a pause has the cause that was noted in it, the first of several; the next pause has none of it', async () => {
    const one = watch();
    await one.saw(secondOf(5_000));
    house.clock.pass(8_000);
    await house.parties.interrupted('video ended');
    house.clock.pass(52_000);
    await house.parties.interrupted('not running');
    await watch().saw(secondOf(125_000));
    await watch().saw(secondOf(185_000));
    assert.deepEqual(gaps(), [
      [5_800, 125_000],
      [125_800, 185_000],
    ]);
    assert.deepEqual(
      told.map(({ cause }) => cause),
      ['video ended', undefined],
    );
  });

  test('a pause within a batch is one too', async () => {
    await watch().saw([...secondOf(0), ...secondOf(20_000)]);
    assert.deepEqual(gaps(), [[800, 20_000]]);
  });

  test('a pause between two processes is told, and its beginning is not off by more than a second', async () => {
    const dying = watch();
    await dying.saw(secondOf(5_000));
    await dying.saw([start + 6_700]);
    await watch().saw(secondOf(30_000));
    assert.equal(told.length, 1);
    const [[from, to] = []] = gaps();
    assert.ok(from! <= 6_700 && from! > 5_700, String(from));
    assert.equal(to, 30_000);
  });

  test('a camera that is not there when the party starts is told of when it comes', async () => {
    await watch().saw(secondOf(90_000));
    assert.deepEqual(gaps(), [[0, 90_000]]);
  });

  test('frames that come again, or late, tell nothing', async () => {
    const one = watch();
    await one.saw(secondOf(5_000));
    await one.saw(secondOf(60_000));
    await one.saw(secondOf(5_000));
    await watch().saw(secondOf(60_000));
    await watch().saw(secondOf(20_000));
    assert.deepEqual(gaps(), [[5_800, 60_000]]);
  });

  test('of several that see the same pause one tells', async () => {
    await watch().saw(secondOf(0));
    await Promise.all([1, 2, 3, 4].map(() => watch().saw(secondOf(60_000))));
    assert.deepEqual(gaps(), [[800, 60_000]]);
  });

  test('without a party, and before it began, nobody needs to watch', async () => {
    await watch().saw([start - 20 * minute, start - 10 * minute]);
    await house.parties.end(party);
    await watch().saw(secondOf(minute));
    assert.deepEqual(told, []);
  });

  /** Sends what is pending, as the tick does. */
  const tick = () =>
    createDispatcher(house, { reportGap: async (gap) => void told.push(gap) }).sendPending({
      until: house.now() + second,
    });

  test('what Telegram refuses is told when it says so, by the tick', async () => {
    const refused = watch(() => Promise.reject(new NotSentError('429', house.now() + 5_000)));
    await refused.saw(secondOf(60_000));
    await tick();
    assert.deepEqual(told, []);
    house.clock.pass(5_001);
    await tick();
    await tick();
    assert.deepEqual(gaps(), [[0, 60_000]]);
  });

  test('what may have been told waits for its lease to end', async () => {
    await watch(() => Promise.reject(new Error('time-out'))).saw(secondOf(60_000));
    house.clock.pass(30_000);
    await tick();
    assert.deepEqual(told, []);
    house.clock.pass(31_000);
    await tick();
    assert.deepEqual(gaps(), [[0, 60_000]]);
  });

  test('a table that fails loses no pause: the next frames find it', async () => {
    const one = watch();
    await one.saw(secondOf(0));
    const failing = {
      ...house,
      outbox: new Proxy(house.outbox, { get: () => () => Promise.reject(new Error()) }),
    };
    await new Watch(failing, { reportGap: async (gap) => void told.push(gap) }).saw(secondOf(60_000));
    assert.deepEqual(told, []);
    await one.saw(secondOf(61_000));
    assert.deepEqual(gaps(), [[800, 61_000]]);
  });

  test('a gap is counted once, and each message of it that does not go out', async () => {
    const fails = watch(() => Promise.reject(new NotSentError('429', house.now() - 1)));
    await fails.saw(secondOf(5_000));
    await fails.saw(secondOf(125_000));
    house.clock.pass(1);
    await tick();
    assert.equal(told.length, 1);
    assert.deepEqual(Object.fromEntries(house.metrics.counts), { Gaps: 1, MessagesNotSent: 1 });
  });

  /** Whether it was noted that the door is looked at too seldom: from when to when, by the party's start. */
  const slow = async () => {
    const { since, until } = (await house.parties.on())?.slow ?? {};
    return since === undefined ? undefined : [since - start, until === undefined ? 'now' : until - start];
  };

  test('looks that are too seldom are noted, and that they are often enough again; also by another process', async () => {
    const one = watch();
    for (let time = 0; time <= 12_000; time += 200) await one.saw([start + 1 + time]);
    assert.equal(await slow(), undefined);
    for (let time = 14_000; time <= 24_000; time += 2_000) await one.saw([start + 1 + time]);
    const [since] = (await slow()) ?? [];
    assert.ok(typeof since === 'number' && since > 14_000 && since <= 24_001, `${since}`);
    const other = watch();
    for (let time = 26_000; time <= 50_000; time += 2_000) await other.saw([start + 1 + time]);
    assert.deepEqual(await slow(), [since, 'now']);
    for (let time = 50_200; time <= 64_000; time += 200) await other.saw([start + 1 + time]);
    const [, until] = (await slow()) ?? [];
    assert.ok(typeof until === 'number' && until > 50_200 && until < 64_001, `${until}`);
    assert.deepEqual(told, []);
  });

  test('where only looks at faces are recorded, records say nothing of how often it looks', async () => {
    const one = new Watch({ ...house, rules: sightingRules.images }, {});
    for (let time = 0; time <= 60_000; time += 2_500) await one.saw([start + 1 + time]);
    assert.equal(await slow(), undefined);
  });
});
