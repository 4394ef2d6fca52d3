import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { Welcome } from '../../../party/arrivals/welcome.ts';
import { hour, second } from '../../../party/clock.ts';
import { externalImageIdOf } from '../../../party/guests/enrolled-face.ts';
import type { Owner } from '../../../party/guests/people.ts';
import { sightingRules } from '../../../party/recognition/rules.ts';
import { type FaceSearchRecordJson, parseRecord } from '../../../party/record/record.ts';
import { UnknownFaces } from '../../../party/unknown-faces/unknown-faces.ts';
import type { WishedNow } from '../../../producer/producer.ts';
import { FrameSearch } from '../../../producer/search/frame-search.ts';
import { budget } from '../../../producer/search/search-budget.ts';
import { faceLike } from '../../support/faces.ts';
import { keptChat } from '../../support/kept-chat.ts';
import { partyOn } from '../../support/party.ts';
import { unseen } from '../../support/pictures.ts';
import { bytesOf, match } from '../../support/records.ts';
import { openTable } from '../../support/table.ts';

const rules = sightingRules.images;
const guest = (id: string): Owner => ({ kind: 'guest', id });

/** What the search of a face answers, by how many there were before. */
type Answer = (before: number) => Array<ReturnType<typeof match>>;

/** Somebody at the door of a party, whom the producer searches and the match welcomes. */
async function openDoor(t: TestContext, answer: Answer, { isOn = true } = {}) {
  const table = await openTable();
  t.after(() => table.close());
  const party = { ...partyOn(table.table), rules };
  /** What the wish says, as the producer has read it. */
  let wished: WishedNow = {};
  const start = () => party.parties.start({ chatId: 42, startedBy: 1, endsAt: party.now() + hour });
  if (isOn) await start();
  party.clock.pass(second);
  const chat = keptChat();
  const welcome = new Welcome(party, chat);
  const records: FaceSearchRecordJson[] = [];
  const arrived: string[] = [];
  let calls = 0;
  let frames = 0;
  const search = new FrameSearch({
    search: async () => ({ matches: answer(calls++) }),
    canSearch: () => true,
    putRecord: (record) => records.push(record),
    recordsLost: () => 0,
    wished: () => wished,
    putPicture: () => {},
    streamArn: 'arn:aws:kinesisvideo:eu-central-1:000000000000:stream/producer/0',
    now: party.now,
  });
  const picture = unseen();
  // The door was watched before they came: who is there from the beginning may be a picture.
  search.take({ time: party.now() - 2 * second, picture }, []);
  records.length = 0;
  return {
    party,
    table: table.table,
    chat,
    /** The ids of those who arrived. */
    arrived,
    /** How often the face was searched. */
    calls: () => calls,
    /** The party is written down now, and the producer hears of it. */
    async starts() {
      await start();
      wished = { partyStartedAt: party.now() };
    },
    /** They stand there until the next picture. */
    async stands(pause = 200) {
      party.clock.pass(pause);
      const face = faceLike();
      search.take({ time: party.now(), picture }, [{ track: 1, face, alone: face.descriptor }]);
      await search.finish();
      const sequenceNumber = String(frames++);
      const placed = records
        .splice(0)
        .map((record) => ({ sequenceNumber, cameAt: party.now(), record: parseRecord(bytesOf(record)) }));
      if (placed.length > 0) arrived.push(...(await welcome.batch(placed)).arrived);
    },
  };
}

test('a guest who looks like another at first arrives as soon as they can be told apart', async (t) => {
  // A face as like to Anna as to Bob, until it turns to the camera.
  const answers = [
    [92, 91],
    [92, 91],
    [95, 85],
  ];
  const { party, arrived, calls, stands } = await openDoor(t, (before) => {
    const [anna, bob] = answers[Math.min(before, answers.length - 1)]!;
    return [match('anna-1', anna!), match('bob-1', bob!)];
  });
  await party.guests.add('anna', 'Anna');
  await party.guests.add('bob', 'Bob');
  await party.people.assign('anna-1', guest('anna'));
  await party.people.assign('bob-1', guest('bob'));

  for (let frame = 0; frame < 50; frame++) await stands();

  assert.deepEqual(arrived, ['anna']);
  assert.equal(calls(), 4, 'two that cannot tell, two that can, and nobody is searched any more');
});

test('a guest who stands at the door while being enrolled arrives by name, though nobody is searched any more', async (t) => {
  // Already indexed, and nobody's yet.
  const berta = [match('berta-1', 95, externalImageIdOf('AQADberta'))];
  const { party, chat, calls, stands } = await openDoor(t, () => berta);

  for (let frame = 0; frame <= 20; frame++) await stands();
  assert.deepEqual(chat.arrivals, [], 'a photo’s id is nobody’s name');
  await party.guests.add('berta', 'Berta');
  await party.people.assign('berta-1', guest('berta'));
  for (let frame = 0; frame < 19; frame++) await stands();

  assert.deepEqual(
    chat.arrivals.map(({ name }) => name),
    ['Berta'],
  );
  assert.ok(calls() <= 2, 'the producer takes her for named');
});

test('a face that nobody names is noticed after three searches, and costs none besides', async (t) => {
  const { party, table, calls, stands } = await openDoor(t, () => []);
  let callsWhenNoticed: number | undefined;

  for (let frame = 0; frame < 100; frame++) {
    await stands();
    if (party.pictures.asked.length > 0) callsWhenNoticed ??= calls();
  }

  const partyId = (await party.parties.on())!.id;
  const [face] = await new UnknownFaces(table).list(partyId);
  assert.deepEqual(party.pictures.asked, [{ job: 'unknown-face', partyId, unknownId: face?.id }]);
  assert.equal(callsWhenNoticed, 3);
  assert.equal(calls(), budget.track, 'no more than any stranger costs');
});

test('a face that nobody names is noticed though the machine looks too seldom at first', async (t) => {
  const { party, calls, stands } = await openDoor(t, () => []);
  for (let frame = 0; frame < 20; frame++) await stands(900);
  assert.equal(calls(), budget.track);
  assert.deepEqual(party.pictures.asked, [], 'five looks in three seconds is the rule');

  for (let frame = 0; frame < 5; frame++) await stands();
  assert.equal(party.pictures.asked.length, 1);
  assert.equal(calls(), budget.track);
});

test('a guest who stands there while a start takes a minute arrives when the party has begun', async (t) => {
  const { party, arrived, calls, stands, starts } = await openDoor(t, () => [match('anna-1', 95)], {
    isOn: false,
  });
  await party.guests.add('anna', 'Anna');
  await party.people.assign('anna-1', guest('anna'));

  for (let frame = 0; frame < 300; frame++) await stands();
  assert.deepEqual(arrived, [], 'there is no party yet');
  const before = calls();
  await starts();
  for (let frame = 0; frame < 25; frame++) await stands();

  assert.deepEqual(arrived, ['anna']);
  assert.equal(calls() - before, 2, 'and is looked at no more than any other guest');
});

test('a start that takes no longer than usual has nobody searched once more', async (t) => {
  const { party, arrived, calls, stands, starts } = await openDoor(t, () => [match('anna-1', 95)], {
    isOn: false,
  });
  await party.guests.add('anna', 'Anna');
  await party.people.assign('anna-1', guest('anna'));

  for (let frame = 0; frame < 4; frame++) await stands();
  await starts();
  for (let frame = 0; frame < 50; frame++) await stands();

  assert.deepEqual(arrived, ['anna']);
  assert.equal(calls(), 2);
});
