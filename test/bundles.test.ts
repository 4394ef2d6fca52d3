import assert from 'node:assert/strict';
import { createReadStream } from 'node:fs';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { ListStreamProcessorsCommand, RekognitionClient } from '@aws-sdk/client-rekognition';
import { CreateMultipartUploadCommand, ListObjectsV2Command, S3Client } from '@aws-sdk/client-s3';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { renderCarol } from '../carols/index.ts';
import type { PersonClient } from '../local/telegram/client.ts';
import { Arrivals } from '../party/arrivals.ts';
import { Guests } from '../party/guests.ts';
import { Parties } from '../party/parties.ts';
import { Table } from '../party/table.ts';
import { type Recognizer, startRecognizer } from '../vision/recognizer.ts';
import { says } from './support/bot-house.ts';
import { makeClip } from './support/clip.ts';
import { temporaryFolder } from './support/folder.ts';
import { endParty, invite, isArrival, startParty } from './support/house.ts';
import { Account, statementsOf } from './support/iam/account.ts';
import { exceptions } from './support/iam/exceptions.ts';
import { sampleFile, samplePicture } from './support/pictures.ts';
import { portrait } from './support/portraits.ts';
import { type DeployedHouse, deploy } from './support/stack/deployed-house.ts';
import { type SynthesizedStack, synthesize } from './support/stack/synth.ts';
import { ofType } from './support/stack/template.ts';

let folder: string;
let remove: () => Promise<void>;
let recognizer: Recognizer;
let stack: SynthesizedStack;
before(async () => {
  ({ folder, remove } = await temporaryFolder());
  [recognizer, stack] = await Promise.all([startRecognizer(), synthesize(folder, { recognition: 'video' })]);
});
after(async () => {
  await recognizer.close();
  await remove();
});

test('the bundles run a house from its deployment to its deletion, with the rights of their roles and no others', async (t) => {
  const account = new Account();
  const house = await deploy(t, stack, { recognizer, onCall: account.note });
  const created = await house.setUp('Create');
  assert.equal(created.Status, 'SUCCESS', created.Reason);
  const updated = await house.setUp('Update', created.PhysicalResourceId);
  assert.equal(updated.Status, 'SUCCESS', updated.Reason);

  const host = await house.stand.person('host');
  await inviteGuests(house, host);
  await startParty(host);
  await whoeverIsInTheFilmArrives(house, host);
  await theTickAnnouncesWhatWasLeft(house, host);
  await theTickEndsAnOverdueParty(house, host);

  await startParty(host);
  await endParty(host);
  await startParty(host);
  await leavesNothingBehind(house, created.PhysicalResourceId);

  for (const [id] of ofType(stack.template, 'AWS::IAM::Role')) {
    const statements = statementsOf(stack.template, house.made, id);
    assert.deepEqual(account.missing(id, statements), [], `${id} did what it may not`);
    const role = id.slice(0, -8);
    const excused = (grant: string) =>
      exceptions.some(({ of, grant: of2 }) => of.test(role) && of2.test(grant));
    const unused = account.unused(id, statements).filter((grant) => !excused(grant));
    assert.deepEqual(unused, [], `${id} may do what it never does`);
  }
});

/** Anna with a song, and Carla without one; a photo of several people and one of nobody are refused. */
async function inviteGuests({ secret }: DeployedHouse, host: PersonClient): Promise<void> {
  await host.say(host.bot, `/start ${secret.claimCode}`);
  await host.waitForMessage(says(/1\. Send me a photo/));
  await invite(host, 'Anna', await portrait('anna'));
  await invite(host, 'Carla', await portrait('carla'));
  await host.sendPhoto(host.bot, await readFile(sampleFile(5)), { caption: 'Everybody' });
  await host.waitForMessage(says(/faces/));
  const { audio } = await renderCarol('jingle-bells');
  await host.sendAudio(host.bot, audio, 'annas-song.mp3', { caption: 'Anna' });
  await host.waitForMessage(says(/annas-song|Jingle Bells/));
}

async function whoeverIsInTheFilmArrives({ camera }: DeployedHouse, host: PersonClient): Promise<void> {
  const clip = path.join(folder, 'door.mp4');
  await makeClip(
    [
      { picture: await samplePicture(6), seconds: 4 },
      { picture: await samplePicture(3), seconds: 4 },
    ],
    clip,
  );
  await camera.playFile('door.mp4', createReadStream(clip), false);
  for (const name of ['Carla', 'Anna']) {
    const arrival = await host.waitForMessage(
      (message) => isArrival(message) && says(new RegExp(name))(message),
      { timeout: 60_000 },
    );
    assert.ok(arrival.audio, `${name} comes with a song`);
    await host.waitForMessage(
      ({ photo, reply_to_message: to }) => photo !== undefined && to?.message_id === arrival.message_id,
      { timeout: 60_000 },
    );
  }
}

/** The house's table, as somebody sees it who may do everything. */
function tableOf({ options, output }: DeployedHouse): Table {
  const documents = DynamoDBDocumentClient.from(new DynamoDBClient(options), {
    marshallOptions: { removeUndefinedValues: true },
  });
  return new Table(documents, output('TableName'));
}

/** The match has claimed Berta's arrival and died. */
async function theTickAnnouncesWhatWasLeft(house: DeployedHouse, host: PersonClient): Promise<void> {
  const table = tableOf(house);
  const { id: partyId, chatId } = (await new Parties(table, Date.now).on())!;
  await new Guests(table, Date.now).add('berta', 'Berta');
  const arrivals = new Arrivals(table, Date.now);
  const arrival = {
    partyId,
    guestId: 'berta',
    name: 'Berta',
    chatId,
    time: Date.now(),
    box: { left: 0.4, top: 0.3, width: 0.1, height: 0.2 },
    similarity: 92,
  };
  await arrivals.claim(arrival);
  await arrivals.notSent(arrival, Date.now() - 1);

  await house.tick();

  const told = await host.waitForMessage((message) => isArrival(message) && says(/Berta/)(message));
  assert.ok(told.audio, 'with a carol');
}

async function theTickEndsAnOverdueParty(house: DeployedHouse, host: PersonClient): Promise<void> {
  await tableOf(house).update({ pk: 'PARTY', sk: 'now' }, 'SET #endsAt = :endsAt', {
    endsAt: Date.now() - 1,
  });
  await house.tick();
  const recap = await host.waitForMessage(says(/is over/));
  assert.match(recap.text ?? '', /3 of 3 guests came:/);
}

async function leavesNothingBehind(house: DeployedHouse, setupId: string): Promise<void> {
  const s3 = new S3Client(house.options);
  const Bucket = house.output('BucketName');
  await s3.send(new CreateMultipartUploadCommand({ Bucket, Key: 'songs/half' }));

  const deleted = await house.setUp('Delete', setupId);

  assert.deepEqual([deleted.Status, deleted.Reason], ['SUCCESS', '']);
  assert.equal((await house.stand.api.getWebhookInfo()).url, '');
  const rekognition = new RekognitionClient(house.options);
  assert.deepEqual((await rekognition.send(new ListStreamProcessorsCommand({}))).StreamProcessors, []);
  assert.equal((await s3.send(new ListObjectsV2Command({ Bucket }))).Contents, undefined);
}
