import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, test } from 'node:test';
import { hour, minute } from '../../../party/clock.ts';
import { createDispatcher, type DispatchServices } from '../../../party/dispatch.ts';
import { ChatGoneError, NotSentError, RecognitionError } from '../../../party/errors.ts';
import {
  type EndPartyServices,
  endParty as end,
  isRecapSent,
  recapToldIn,
  requestEnd,
} from '../../../party/parties/end-party.ts';
import { gapMessage } from '../../../party/parties/gaps.ts';
import type { Party } from '../../../party/parties/party.ts';
import type { EndReason } from '../../../party/parties/recap.ts';
import { toldLongAgo } from '../../support/abandoned.ts';
import { eventually } from '../../support/eventually.ts';
import { type KeptChat, keptChat } from '../../support/kept-chat.ts';
import { partyOn } from '../../support/party.ts';
import { openTable } from '../../support/table.ts';

describe('the end of a party', () => {
  let house: ReturnType<typeof partyOn>;
  let chat: KeptChat;
  let party: Party;
  let close: () => Promise<void>;

  beforeEach(async () => {
    const opened = await openTable();
    close = opened.close;
    house = partyOn(opened.table);
    chat = keptChat();
    party = (await house.parties.start({ chatId: 42, startedBy: 42, endsAt: house.now() + 4 * hour }))!;
  });
  afterEach(() => close());

  const endParty = (
    services: EndPartyServices & DispatchServices,
    chatOf: KeptChat,
    ended: Party,
    why: EndReason,
  ): Promise<boolean> => end(services, createDispatcher(services, chatOf), ended, why);
  /** Sends what is pending, as the tick does. */
  const tick = () => createDispatcher(house, chat).sendPending({ until: house.now() + minute });
  const reasons = () => chat.recaps.map(({ reason }) => reason);
  /** The house with a recognition that stops otherwise. */
  const stopping = (stop: () => Promise<void>) => ({ ...house, recognition: { ...house.recognition, stop } });
  const overdue = () => house.clock.pass(4 * hour);

  test('a recap says who came with which song, who was missed, and when nobody watched', async () => {
    const { startedAt } = party;
    for (const [id, name] of [
      ['a1', 'Anna'],
      ['a2', 'Anna'],
      ['bob', 'Bob'],
    ] as const)
      await house.guests.add(id, name);
    const song = {
      id: 's',
      title: 'Last Christmas',
      key: 'k',
      fileName: 'f',
      contentType: 'c',
      carol: false,
    };
    await house.songs.put(song);
    const box = { left: 0, top: 0, width: 1, height: 1 };
    const arrival = { partyId: party.id, chatId: 42, box, similarity: 95 };
    const anna = { ...arrival, guestId: 'a1', name: 'Anna', time: startedAt + 2 * minute };
    const eve = { ...arrival, guestId: 'external:Eve', name: 'Eve', time: startedAt + minute };
    for (const one of [anna, eve]) await toldLongAgo(house.outbox, one);
    await house.arrivals.keepSong(anna, 's');
    const gap = { from: startedAt + 3 * minute, to: startedAt + 4 * minute };
    await createDispatcher(house, chat).send(gapMessage({ ...gap, partyId: party.id, chatId: 42 }));
    await house.parties.watched(party, startedAt + 30 * minute);
    house.clock.pass(hour);

    await endParty(house, chat, (await house.parties.latest())!, 'asked');

    const [recap] = chat.recaps;
    const { came = [], missed, audience, ...rest } = recap!;
    assert.equal(audience, 'host');
    assert.deepEqual(rest, {
      reason: 'asked',
      startedAt,
      endedAt: startedAt + hour,
      gaps: [gap, { from: startedAt + 30 * minute, to: startedAt + hour }],
    });
    assert.deepEqual(
      came.map(({ name, time, song }) => [name, time, song?.title]),
      [
        ['Eve', eve.time, undefined],
        [came[1]?.name, anna.time, 'Last Christmas'],
      ],
    );
    assert.match(came[1]!.name, /^Anna/);
    assert.equal(missed?.length, 2);
    assert.notEqual(missed![0], came[1]!.name, 'the two Annas are told apart');
    assert.equal(missed![1], 'Bob');
  });

  test('a recognition that does not stop is reported once, however often the tick tries', async () => {
    overdue();
    const failing = stopping(() => Promise.reject(new RecognitionError('the service is busy')));
    for (let tick = 0; tick < 3; tick++) {
      await assert.rejects(endParty(failing, chat, party, 'time is over'), RecognitionError);
      house.clock.pass(1);
    }
    assert.deepEqual(chat.running, ['the service is busy']);
    assert.equal(await endParty(house, chat, party, 'time is over'), true);
    assert.deepEqual(reasons(), ['time is over']);
  });

  test('a chat that cannot hear that the recognition runs on does not hide why it does', async () => {
    chat.reportRecognitionRunning = () => Promise.reject(new Error('time-out'));
    const failing = stopping(() => Promise.reject(new RecognitionError('the service is busy')));
    await assert.rejects(endParty(failing, chat, party, 'time is over'), /the service is busy/);
  });

  test('of a party in a group the host reads in private what is not for all, with the same reason', async () => {
    await house.parties.end(party);
    const told: string[] = [];
    chat.sendRecap = async ({ chatId }, { audience, reason }, _, mark) => {
      told.push(`${audience} in ${chatId}: ${reason}`);
      await mark(1);
    };
    const group = (await house.parties.start({ chatId: -42, startedBy: 7, endsAt: house.now() + hour }))!;
    await endParty(house, chat, group, 'asked');
    await endParty(house, chat, group, 'time is over');
    assert.deepEqual(told, ['guests in -42: asked', 'host in 7: asked']);
    assert.equal(await recapToldIn(house, group), -42);
    assert.equal(await recapToldIn(house, group, 'host'), 7);
  });

  test('of several that end a party one does, and sends the recap', async () => {
    overdue();
    const ended = await Promise.all([1, 2, 3, 4].map(() => endParty(house, chat, party, 'time is over')));
    assert.deepEqual(ended.filter(Boolean), [true]);
    assert.deepEqual(reasons(), ['time is over']);
  });

  test('a host who ends a party does not hear that its time is up by a tick that comes while it ends', async () => {
    const stops: Array<() => void> = [];
    const slow = stopping(() => new Promise<void>((stopped) => stops.push(stopped)));
    const asked = endParty(slow, chat, party, 'asked');
    await eventually('the recognition is stopping', () => stops.length === 1);
    assert.equal(await endParty(house, chat, party, 'time is over'), false);
    stops[0]!();
    assert.equal(await asked, true);
    assert.deepEqual(reasons(), ['asked']);
  });

  test('the recap of one that died while it ended a party is sent by the next', async () => {
    const dying = keptChat();
    const reached = new Promise<void>((reach) => {
      dying.sendRecap = () => {
        reach();
        return new Promise(() => {});
      };
    });
    void endParty(house, dying, party, 'asked');
    await reached;
    assert.equal(await endParty(house, chat, party, 'time is over'), false, 'the lease is not over yet');

    house.clock.pass(minute + 1);

    assert.equal(await endParty(house, chat, party, 'time is over'), true);
    assert.deepEqual(reasons(), ['asked']);
    assert.equal(await house.parties.latest(), undefined);
  });

  test('a party whose end was requested is over at once, and its recap says that somebody asked', async () => {
    house.clock.pass(hour);
    const over = await requestEnd(house, party);
    assert.equal(over.endsAt, house.now());
    assert.equal(await house.parties.on(), undefined);

    await endParty(house, chat, (await house.parties.latest())!, 'time is over');

    assert.deepEqual(reasons(), ['asked']);
  });

  const unreachable: Array<[what: string, error: () => Error, waits: number]> = [
    ['is refused for a while', () => new NotSentError('429', house.now() + 10 * minute), 10 * minute],
    ['finds no chat', () => new ChatGoneError('403', house.now() + minute), minute],
    ['may be there', () => new Error('time-out'), minute],
  ];
  for (const [what, error, waits] of unreachable) {
    test(`a recap that ${what} keeps no party from ending, and is sent when it may be`, async () => {
      const { sendRecap } = chat;
      chat.sendRecap = () => Promise.reject(error());
      assert.equal(await endParty(house, chat, party, 'asked'), true);
      assert.equal(await house.parties.latest(), undefined);
      assert.ok(house.log.lines.some((line) => line.includes('A message was not sent')));
      assert.equal(await isRecapSent(house, party), false);

      chat.sendRecap = sendRecap;
      house.clock.pass(waits);
      await tick();
      assert.deepEqual(reasons(), [], 'not before its time');
      house.clock.pass(1);
      await tick();
      await tick();
      assert.deepEqual(reasons(), ['asked']);
      assert.equal(await isRecapSent(house, party), true);
    });
  }

  test('a recap that is sent later says the same', async () => {
    await house.parties.watched(party, house.now() + hour);
    house.clock.pass(hour);
    const { sendRecap } = chat;
    let refused: unknown;
    chat.sendRecap = (_, recap) => {
      refused = recap;
      return Promise.reject(new NotSentError('500', house.now() + 1));
    };
    await endParty(house, chat, (await house.parties.latest())!, 'asked');
    chat.sendRecap = sendRecap;
    house.clock.pass(30 * minute);
    await tick();
    assert.deepEqual(chat.recaps, [refused]);
  });

  test('a recap is sent when its chat is there again hours later, and dropped when a day is over', async () => {
    const { sendRecap } = chat;
    chat.sendRecap = () => Promise.reject(new NotSentError('500', house.now() + 1));
    await endParty(house, chat, party, 'asked');
    house.clock.pass(1);
    const other = (await house.parties.start({ chatId: 42, startedBy: 42, endsAt: house.now() + hour }))!;
    await endParty(house, chat, other, 'asked');
    house.clock.pass(5 * hour);
    chat.sendRecap = sendRecap;
    const third = (await house.parties.start({ chatId: 42, startedBy: 42, endsAt: house.now() + hour }))!;
    await tick();
    assert.equal(chat.recaps.length, 2, 'of every party that is over, though another is on');
    assert.equal(await recapToldIn(house, party), 42);

    chat.sendRecap = () => Promise.reject(new NotSentError('500', house.now() + 1));
    await endParty(house, chat, third, 'asked');
    house.clock.pass(25 * hour);
    chat.sendRecap = () => assert.fail('it was sent');
    await tick();
    assert.equal(await isRecapSent(house, third), false, 'nothing is marked done that was not sent');
    assert.deepEqual(await house.outbox.pending(), []);
  });

  test('of a recap in several messages each is told once, though a send fails or dies between them', async () => {
    const parts: number[] = [];
    let fails: (part: number) => void = () => {};
    chat.sendRecap = async (_, recap, told, mark) => {
      for (let part = told; part < 4; part++) {
        fails(part);
        parts.push(part);
        await mark(part + 1);
      }
      chat.recaps.push(recap);
    };
    fails = (part) => {
      if (part === 1) throw new NotSentError('429', house.now() + 1);
    };
    await endParty(house, chat, party, 'asked');
    assert.deepEqual([parts, await isRecapSent(house, party)], [[0], false]);
    house.clock.pass(2);
    fails = (part) => {
      if (part === 3) throw new Error('time-out');
    };
    await tick();
    assert.deepEqual([parts, await isRecapSent(house, party)], [[0, 1, 2], false]);
    house.clock.pass(minute + 1);
    fails = () => {};
    await tick();
    assert.deepEqual([parts, await isRecapSent(house, party)], [[0, 1, 2, 3], true]);
  });
});
