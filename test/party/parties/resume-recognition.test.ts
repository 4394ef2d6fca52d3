import assert from 'node:assert/strict';
import { test } from 'node:test';
import { DeleteCollectionCommand, RekognitionClient } from '@aws-sdk/client-rekognition';
import { partyText } from '../../../bot/features/party.text.ts';
import { minute } from '../../../party/clock.ts';
import { resumeRecognition } from '../../../party/parties/resume-recognition.ts';
import { startParty } from '../../../party/parties/start-party.ts';
import { openBotHouse } from '../../support/bot-house.ts';

test('what the service calls a collection is not told to a host, who hears what to do', () => {
  const message = 'The collection musical-joy does not exist.';
  const says = partyText.recognition({ state: 'failed', message });
  assert.doesNotMatch(says, /collection/i);
  assert.match(says, /Send \/end_party, then \/start_party\./);
});

test('a party that lost its collection is watched again, and where no party is on nothing is started', async (t) => {
  const { services } = await openBotHouse(t);
  const { collection, config, parties, recognition, now } = services;
  assert.equal(await resumeRecognition(services), undefined);
  assert.equal((await recognition.status()).state, 'off');

  const endsAt = now() + 10 * minute;
  const start = await startParty(services, { chatId: 1, startedBy: 1, endsAt });
  assert.equal(start.outcome, 'started');
  await recognition.stop();
  await new RekognitionClient().send(new DeleteCollectionCommand({ CollectionId: config.COLLECTION_ID }));

  assert.equal(await resumeRecognition(services), true);
  assert.equal((await recognition.status()).state, 'on');
  assert.deepEqual(await collection.faces(), []);
  assert.equal(await resumeRecognition(services), true, 'one that is on stays on');

  assert.ok(start.outcome === 'started' && (await parties.end(start.party)));
  await recognition.stop();
  assert.equal(await resumeRecognition(services), undefined);
  assert.equal((await recognition.status()).state, 'off');
});
