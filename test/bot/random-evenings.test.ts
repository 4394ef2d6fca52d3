import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import fc from 'fast-check';
import { statusNow } from '../../bot/party/status.ts';
import { arriveByHand } from '../../party/arrivals/arrive-by-hand.ts';
import { noGuest } from '../../party/arrivals/mistakes.ts';
import { sayWhoItWas, takeBackArrival } from '../../party/arrivals/take-back.ts';
import { Welcome } from '../../party/arrivals/welcome.ts';
import { hour, second } from '../../party/clock.ts';
import { createDispatcher } from '../../party/dispatch.ts';
import { forget } from '../../party/forget/forget.ts';
import { readHeld } from '../../party/forget/held.ts';
import { endParty } from '../../party/parties/end-party.ts';
import { readRecap } from '../../party/parties/recap.ts';
import { parseRecord } from '../../party/record/record.ts';
import type { Services } from '../../party/services.ts';
import { openBotHouse } from '../support/bot-house.ts';
import { keptChat } from '../support/kept-chat.ts';
import { keptCollection } from '../support/kept-collection.ts';
import { asIfWatchedBefore, partyOn } from '../support/party.ts';
import { plainPortrait, plainRecognizer } from '../support/plain-faces.ts';
import { bytesOf, match, recordOf } from '../support/records.ts';
import { rounds, seedOf } from '../support/rounds.ts';
import { tableInProcess } from '../support/table-in-process.ts';

const names = ['Anna', 'Ben', 'Carla', 'Dora'] as const;

/** A guest as the evening should know them. */
interface ModelGuest {
  readonly name: string;
  readonly faceId: string;
  isHere: boolean;
  /** Up to which similarity the face is not believed; absent when it never misled. */
  misledAt?: number;
}

/** What should be true. */
interface Model {
  readonly guests: Map<string, ModelGuest>;
}

/** What is. */
interface Real {
  readonly services: Services;
  readonly evening: Evening;
}

/** One party, its door and what it says, without a camera and without Telegram. */
class Evening {
  readonly #services: Services;
  readonly #welcome: Welcome;
  readonly dispatcher: ReturnType<typeof createDispatcher>;
  #ahead = 0;
  #frames = 0;

  constructor(services: Services) {
    const now = () => services.now() + this.#ahead;
    const chat = keptChat();
    this.#services = services;
    this.#welcome = new Welcome({ ...services, now, rules: asIfWatchedBefore(services.rules) }, chat);
    this.dispatcher = createDispatcher(services, chat);
  }

  /** Two frames with a face that is like one that is known. Whose a face is is known anew every few seconds. */
  async shows(faceId: string, similarity: number): Promise<void> {
    this.#ahead += 6 * second;
    const records = [0, 100].map((later) => {
      const time = this.#services.now() + this.#ahead + later;
      const record = parseRecord(bytesOf(recordOf(time, [{ matches: [match(faceId, similarity)] }])));
      return { sequenceNumber: String(this.#frames++), cameAt: time, record };
    });
    await this.#welcome.batch(records);
  }
}

type Act = (id: string, guest: ModelGuest, model: Model, real: Real) => Promise<void>;

/** What a host or a guest does; then `/status` must say what is true. */
class Step implements fc.AsyncCommand<Model, Real> {
  readonly #what: string;
  readonly #guest: number;
  readonly #act: Act;

  constructor(what: string, guest: number, act: Act) {
    this.#what = what;
    this.#guest = guest;
    this.#act = act;
  }

  check({ guests }: Readonly<Model>): boolean {
    return guests.has(idOf(this.#guest));
  }

  async run(model: Model, real: Real): Promise<void> {
    const id = idOf(this.#guest);
    await this.#act(id, model.guests.get(id)!, model, real);
    await assertStatus(model, real.services);
  }

  toString(): string {
    return `${names[this.#guest]} ${this.#what}`;
  }
}

const idOf = (guest: number): string => names[guest]!.toLowerCase();

const anyGuest = fc.nat(names.length - 1);
const steps = [
  fc.tuple(anyGuest, fc.constantFrom(82, 88, 93, 99.5)).map(
    ([guest, similarity]) =>
      new Step(`is seen, ${similarity}`, guest, async (_, of, __, { evening }) => {
        await evening.shows(of.faceId, similarity);
        if (of.misledAt === undefined || similarity >= of.misledAt + 3) of.isHere = true;
      }),
  ),
  anyGuest.map(
    (guest) =>
      new Step('is here, a host says', guest, async (id, of, _, { services, evening }) => {
        const [party, who] = await Promise.all([services.parties.on(), services.guests.get(id)]);
        await arriveByHand(evening.dispatcher, party!, who!, { time: services.now() });
        of.isHere = true;
      }),
  ),
  fc.tuple(anyGuest, fc.nat(names.length)).map(
    ([guest, other]) =>
      new Step(`was ${names[other] ?? 'nobody'}`, guest, async (id, of, { guests }, real) => {
        const { services, evening } = real;
        const party = (await services.parties.on())!;
        const arrival = await services.arrivals.get(party.id, id);
        if (!arrival) return;
        const taken = await takeBackArrival(services, arrival);
        assert.equal(taken.outcome, 'taken back');
        of.isHere = false;
        if (arrival.similarity !== undefined) of.misledAt = Math.max(of.misledAt ?? 0, arrival.similarity);
        const whoWas = other < names.length && guests.has(idOf(other)) ? idOf(other) : noGuest;
        await sayWhoItWas(services, evening.dispatcher, arrival, whoWas);
        const who = guests.get(whoWas);
        if (who) who.isHere = true;
        if (whoWas === id && arrival.similarity !== undefined) delete of.misledAt;
        // The frames that misled, again and again.
        if (arrival.similarity !== undefined && whoWas !== id)
          for (let time = 0; time < rounds(3, 20); time++) await evening.shows(of.faceId, arrival.similarity);
      }),
  ),
  anyGuest.map(
    (guest) =>
      new Step('is muted', guest, async (id, _, __, { services }) => {
        await services.guests.setMuted(id, 'for good');
      }),
  ),
  anyGuest.map(
    (guest) =>
      new Step('is forgotten', guest, async (id, _, { guests }, { services }) => {
        const { left } = await forget(services, { what: 'guest', guestId: id });
        assert.deepEqual(new Set(Object.values(left)), new Set([0]));
        guests.delete(id);
      }),
  ),
];

/** Who is here, in no particular order, and who is still to come. */
async function assertStatus({ guests }: Model, services: Services): Promise<void> {
  const { lines } = await statusNow(services, await services.parties.on(), undefined, 0);
  const all = [...guests.values()];
  const here = all.filter(({ isHere }) => isHere).map(({ name }) => name);
  const told = lines.flatMap((line) => /^\d\d:\d\d (\w+)$/.exec(line)?.[1] ?? []);
  assert.deepEqual(told.sort(), here.sort());
  assert.ok(
    lines.some((line) => line.startsWith(`${here.length} of ${all.length} guest`)),
    lines.join('\n'),
  );
  const toCome = lines.find((line) => line.startsWith('Still to come')) ?? '';
  for (const { name, isHere } of all) assert.equal(toCome.includes(name), !isHere, `${name}: ${toCome}`);
}

const hostId = 7_100_000_001;
/** Drawing them takes longer than an evening. */
const portraits = names.map((_, index) => plainPortrait(index));

/** A house with its guests, each with a photo in bucket, table and collection. */
async function open(services: Services): Promise<{ model: Model; real: Real }> {
  const guests = new Map<string, ModelGuest>();
  for (const [index, name] of names.entries()) {
    const id = idOf(index);
    const key = `photos/AQAD${id}`;
    await services.storage.put(key, await portraits[index]!, 'image/jpeg');
    const found = await services.collection.enrol({ bucket: services.config.BUCKET_NAME, key }, `AQAD${id}`);
    assert.ok('faceId' in found);
    await services.guests.add(id, name);
    await services.guests.addPhoto(id, { photoId: `AQAD${id}`, faceIds: [found.faceId], key });
    await services.people.assign(found.faceId, { kind: 'guest', id });
    guests.set(id, { name, faceId: found.faceId, isHere: false });
  }
  const place = { chatId: hostId, startedBy: hostId };
  assert.ok(await services.parties.start({ ...place, endsAt: services.now() + 4 * hour }));
  const evening = new Evening(services);
  // Half of them are here, so that there is something to be put right.
  for (const guest of [...guests.values()].slice(0, names.length / 2)) {
    await evening.shows(guest.faceId, 93);
    guest.isHere = true;
  }
  return { model: { guests }, real: { services, evening } };
}

/** The recap says what `/status` said last; and then nothing of anybody is left. */
async function close(model: Model, { services, evening }: Real): Promise<void> {
  const party = (await services.parties.on())!;
  await assertStatus(model, services);
  // All frames are: nobody waits for another one.
  await services.parties.handled(party, services.now() + hour);
  await endParty(services, evening.dispatcher, party, 'asked');
  const { came, missed } = await readRecap(services, party, 'asked');
  const nameOf = ({ name }: { readonly name: string }): string => name;
  const [here, others] = [true, false].map((wanted) =>
    [...model.guests.values()].filter(({ isHere }) => isHere === wanted).map(nameOf),
  );
  assert.deepEqual([came.map(nameOf).sort(), [...missed].sort()], [here!.sort(), others!.sort()]);

  const { left } = await forget(services, { what: 'everything' });
  assert.deepEqual(new Set(Object.values(left)), new Set([0]));
  const { items, objects, faces } = await readHeld(services);
  assert.deepEqual([objects, faces], [[], []]);
  const ofSomebody = items.filter((item) =>
    names.some((name) => new RegExp(name, 'i').test(JSON.stringify(item))),
  );
  assert.deepEqual(ofSomebody, []);
}

/** Random evenings; what is found is made as short as it can be. */
async function liveThrough(
  t: TestContext,
  evenings: number,
  open: () => Promise<{ model: Model; real: Real }>,
): Promise<void> {
  await fc.assert(
    fc.asyncProperty(fc.commands(steps, { maxCommands: 8, size: '+1' }), async (commands) => {
      const { model, real } = await open();
      try {
        await fc.asyncModelRun(() => ({ model, real }), commands);
        await close(model, real);
      } catch (error) {
        // The next evening begins with nothing of this one.
        await real.services.table.delete({ pk: 'PARTY', sk: 'now' });
        await forget(real.services, { what: 'everything' });
        throw error;
      }
    }),
    { numRuns: evenings, seed: seedOf(t), endOnFailure: !process.env.TEST_SEED },
  );
}

test('whatever happens in an evening, /status and the recap say the same, and nothing is left of it when it is forgotten', async (t) => {
  const table = await tableInProcess();
  const collection = keptCollection();
  const config = { RECOGNITION: 'video', BUCKET_NAME: 'party' };
  const services = { ...partyOn(table), collection, config } as unknown as Services;
  await liveThrough(t, rounds(10, 500), () => open(services));
});

test('so it is with bucket, collection and table behind their sockets', async (t) => {
  const { services } = await openBotHouse(t, { recognizer: plainRecognizer });
  await liveThrough(t, rounds(1, 50), () => open(services));
});
