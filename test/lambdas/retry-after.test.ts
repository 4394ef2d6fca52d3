import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, test } from 'node:test';
import type { Api } from 'grammy';
import { createPictures } from '../../lambdas/pictures.ts';
import { createTick } from '../../lambdas/tick.ts';
import { arrivalMessage } from '../../party/arrivals/arrivals.ts';
import { hour, minute, second } from '../../party/clock.ts';
import { NotSentError } from '../../party/errors.ts';
import { gapMessage } from '../../party/parties/gaps.ts';
import type { Party } from '../../party/parties/party.ts';
import type { Services } from '../../party/services.ts';
import { diedSending, toldLongAgo } from '../support/abandoned.ts';
import { type KeptChat, keptChat } from '../support/kept-chat.ts';
import { partyOn } from '../support/party.ts';
import { nobody } from '../support/portraits.ts';
import { openTable } from '../support/table.ts';

describe('a refusal that says when to try again', () => {
  /** Longer than a lease: who waited for that alone would come too early. */
  const wait = 7 * minute;

  let house: ReturnType<typeof partyOn>;
  let services: Services;
  let chat: KeptChat;
  let party: Party;
  let close: () => Promise<void>;

  beforeEach(async () => {
    const opened = await openTable();
    close = opened.close;
    house = partyOn(opened.table);
    const pause = () => Promise.reject(new Error('There is no time to wait.'));
    services = { ...house, pause, config: {} } as unknown as Services;
    chat = keptChat();
    party = (await house.parties.start({ chatId: 42, startedBy: 42, endsAt: house.now() + 4 * hour }))!;
    await house.hosts.add(1, 'Host');
  });
  afterEach(() => close());

  const tick = (event?: unknown) => createTick(services, chat)(event);

  function arrival() {
    const box = { left: 0, top: 0, width: 0.1, height: 0.2 };
    return {
      ...{ partyId: party.id, guestId: 'anna', name: 'Anna', chatId: 42 },
      ...{ time: house.now(), box, similarity: 95 },
    };
  }

  function alarm() {
    const Message = JSON.stringify({
      AlarmName: 'MusicalJoy-MatchErrors',
      NewStateValue: 'ALARM',
      StateChangeTime: '2026-12-24T18:00:00.000+0000',
    });
    return { Records: [{ EventSource: 'aws:sns', Sns: { MessageId: 'one', Message } }] };
  }

  /** A message of each kind: what of the chat sends it, where it is kept, and what makes it go out. */
  interface Kind {
    readonly method: keyof KeptChat;
    readonly sent: () => readonly unknown[];
    readonly prepare?: () => Promise<unknown>;
    /** Asks for it; asked again, it is tried again if its time has come. */
    readonly ask: () => Promise<unknown>;
  }

  const kinds: Readonly<Record<string, Kind>> = {
    arrival: {
      method: 'announceArrival',
      sent: () => chat.arrivals,
      prepare: async () => {
        await diedSending(house.outbox, arrival());
        await house.outbox.giveBack(arrivalMessage(arrival()), house.now() - 1);
      },
      ask: tick,
    },
    'picture of an arrival': {
      method: 'sendArrivalPicture',
      sent: () => chat.pictures,
      prepare: async () => {
        await toldLongAgo(house.outbox, arrival());
        await house.arrivals.sent(arrival(), 7);
        const picture = await nobody();
        services = {
          ...services,
          config: { RECOGNITION: 'images' } as Services['config'],
          recognition: { ...services.recognition, picture: async () => picture },
        };
      },
      ask: () =>
        createPictures(services, chat, {} as Api)({ job: 'snapshot', partyId: party.id, guestId: 'anna' }),
    },
    gap: {
      method: 'reportGap',
      sent: () => chat.gaps,
      prepare: async () => {
        const { id: partyId, startedAt: from } = party;
        const message = gapMessage({ partyId, chatId: 42, from, to: house.now() });
        await house.outbox.accept(message, house.now() - 1);
      },
      ask: tick,
    },
    silence: {
      method: 'reportSilence',
      sent: () => chat.silences,
      prepare: async () => house.clock.pass(2 * minute),
      ask: tick,
    },
    alarm: { method: 'reportAlarm', sent: () => chat.alarms, ask: () => tick(alarm()) },
    recap: {
      method: 'sendRecap',
      sent: () => chat.recaps,
      prepare: async () => house.clock.pass(4 * hour),
      ask: tick,
    },
  };

  for (const [name, { method, sent, prepare, ask }] of Object.entries(kinds)) {
    test(`${name}: what Telegram refuses with 429 is sent when it allows it, and not before`, async () => {
      await prepare?.();
      const works = chat[method];
      let tries = 0;
      const refused = house.now();
      Object.assign(chat, {
        [method]: async () => {
          tries += 1;
          throw new NotSentError('Telegram refused the message: 429 Too Many Requests', refused + wait);
        },
      });
      // Some answer that they are to be asked again.
      await ask().catch(() => {});
      assert.equal(tries, 1);
      for (let waited = 0; waited < wait; waited += 30 * second) {
        house.clock.pass(30 * second);
        await ask().catch(() => {});
      }
      assert.equal(tries, 1, 'too early');

      Object.assign(chat, { [method]: works });
      house.clock.pass(1);
      await ask();
      await ask();
      assert.equal(sent().length, 1);
    });
  }
});
