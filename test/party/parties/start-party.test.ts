import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, test } from 'node:test';
import { hour } from '../../../party/clock.ts';
import { RecognitionError } from '../../../party/errors.ts';
import { Claims } from '../../../party/outbox/claim.ts';
import { startParty } from '../../../party/parties/start-party.ts';
import { withRecognitionLock } from '../../../party/recognition/lock.ts';
import { Wishes } from '../../../party/recognition/wish.ts';
import { partyOn } from '../../support/party.ts';
import { type OpenTable, openTable } from '../../support/table.ts';

describe('the start of a party', () => {
  let opened: OpenTable;
  before(async () => {
    opened = await openTable();
  });
  after(() => opened.close());

  /** What was asked of the collection and the recognition, in order; and what is to fail. */
  let asked: string[];
  let failure: { start?: Error; stop?: Error };
  let services: ReturnType<typeof build>;
  beforeEach(async () => {
    for (const { sk } of await opened.table.query<{ sk: string }>('PARTY'))
      await opened.table.delete({ pk: 'PARTY', sk });
    asked = [];
    failure = {};
    services = build();
  });

  function build() {
    const party = partyOn(opened.table);
    const note = async (what: string, error?: Error): Promise<void> => {
      asked.push(what);
      if (error) throw error;
    };
    return {
      ...party,
      claims: new Claims(opened.table, party.now),
      collection: { ensure: () => note('ensure') } as Parameters<typeof startParty>[0]['collection'],
      recognition: {
        ...party.recognition,
        start: () => note('start', failure.start),
        stop: () => note('stop', failure.stop),
      },
    };
  }

  const what = () => ({ chatId: 42, startedBy: 7, endsAt: services.now() + 4 * hour });

  test('a party starts when the recognition has', async () => {
    const started = await startParty(services, what());
    assert.deepEqual(asked, ['ensure', 'start']);
    assert.ok(started.outcome === 'started');
    assert.equal((await services.parties.on())?.id, started.party.id);
    assert.deepEqual([started.party.chatId, started.party.startedBy], [42, 7]);
  });

  test('the producer is told when the party has begun, and no other time for one that is on already', async () => {
    const wishes = new Wishes(opened.table, services.now);
    await wishes.write(true);
    services.clock.pass(hour);
    const started = await startParty(services, what());
    assert.ok(started.outcome === 'started');
    services.clock.pass(hour);
    assert.equal((await startParty(services, what())).outcome, 'on already');
    assert.equal((await wishes.read())?.partyStartedAt, started.party.startedAt);
  });

  test('a start that fails stops the recognition again, and says what the host can know', async () => {
    failure.start = new RecognitionError('the camera is off.');
    assert.deepEqual(await startParty(services, what()), { outcome: 'failed', reason: 'the camera is off.' });
    assert.deepEqual(asked, ['ensure', 'start', 'stop']);
    assert.equal(await services.parties.latest(), undefined);
    failure.start = new TypeError('undefined is no function');
    assert.deepEqual(await startParty(services, what()), { outcome: 'failed' });
  });

  test('a recognition that neither starts nor stops is a start that failed, and is logged', async () => {
    failure = { start: new RecognitionError('busy'), stop: new RecognitionError('still busy') };
    assert.equal((await startParty(services, what())).outcome, 'failed');
    assert.match(services.log.lines.join('\n'), /did not start.*busy[\s\S]*did not stop.*still busy/);
  });

  test('a party that is on is not replaced, and its recognition goes on', async () => {
    const first = await startParty(services, what());
    const second = await startParty(services, { ...what(), chatId: 43 });
    assert.ok(first.outcome === 'started' && second.outcome === 'on already');
    assert.deepEqual([second.party.id, second.party.chatId], [first.party.id, 42]);
    assert.ok(!asked.includes('stop'));
  });

  test('while another starts or stops the recognition, a start is busy and asks for nothing', async () => {
    await withRecognitionLock(services, async () => {
      assert.deepEqual(await startParty(services, what()), { outcome: 'busy' });
    });
    assert.deepEqual(asked, []);
    assert.equal((await startParty(services, what())).outcome, 'started');
  });
});
