import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import type { TestContext } from 'node:test';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { CreateAccessKeyCommand, IAMClient } from '@aws-sdk/client-iam';
import { ListStreamProcessorsCommand, RekognitionClient } from '@aws-sdk/client-rekognition';
import {
  CreateMultipartUploadCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { unknownFacesText } from '../../bot/unknown-faces/unknown-faces.text.ts';
import type { PersonMessage } from '../../local/telegram/state/messages.ts';
import type { ArrivalDocument } from '../../party/automation/arrival-document.ts';
import type { ScreenArrival, ScreenState } from '../../party/door-screen/told.ts';
import { Guests } from '../../party/guests/guests.ts';
import { People } from '../../party/guests/people.ts';
import { Outbox } from '../../party/outbox/outbox.ts';
import { Parties } from '../../party/parties/parties.ts';
import { storageKey } from '../../party/stores/storage-key.ts';
import { Table } from '../../party/stores/table.ts';
import { diedLongAgo } from '../support/abandoned.ts';
import { labels, says } from '../support/bot-house.ts';
import { carolMusic } from '../support/carols.ts';
import { eventually } from '../support/eventually.ts';
import { emptyFolder } from '../support/folder.ts';
import { endParty, invite, isArrival, startParty } from '../support/house.ts';
import { Account, statementsForCallsOf } from '../support/iam/account.ts';
import { isExcepted } from '../support/iam/exceptions.ts';
import { resourcePoliciesOf } from '../support/iam/resource-policies.ts';
import { sampleFile } from '../support/pictures.ts';
import { portrait } from '../support/portraits.ts';
import { sharedRecognizer } from '../support/recognizer.ts';
import { bytesOf, match, recordOf } from '../support/records.ts';
import { guestCode, signUp } from '../support/sign-ups.ts';
import { type DeployedHouse, deploy } from '../support/stack/deployed-house.ts';
import { synthesize } from '../support/stack/synth.ts';
import { ofType, type Template } from '../support/stack/template.ts';
import { type PersonClient, RefusedError } from '../support/telegram/person-client.ts';
import { openWebhookReceiver, type WebhookReceiver } from '../support/webhook-receiver.ts';

/** A house as it was synthesized and deployed, and what its callers asked of IAM. */
export async function openDeployedHouse(t: TestContext, recognition: 'video' | 'images') {
  const recognizer = await sharedRecognizer();
  const folder = await emptyFolder();
  const home = await openWebhookReceiver(t);
  const stack = await synthesize(folder, { recognition, postsArrivals: true });
  const account = new Account();
  const house = await deploy(t, stack, {
    recognizer,
    arrivalWebhook: home.address,
    onCall: account.note,
  });
  const created = await house.setUp('Create');
  assert.equal(created.Status, 'SUCCESS', created.Reason);
  const host = await house.stand.person('host');
  return { house, host, home, account, setupId: created.PhysicalResourceId, template: stack.template };
}

/** What everybody was granted is what they did, and they did nothing else. */
export async function assertRights(
  account: Account,
  house: DeployedHouse,
  template: Template,
  recognition: string,
): Promise<void> {
  const callers = ['AWS::IAM::Role', 'AWS::IAM::User'].flatMap((type) => ofType(template, type));
  const policies = resourcePoliciesOf(template, house.made);
  for (const [id] of callers) {
    const statements = statementsForCallsOf(template, house.made, id);
    assert.deepEqual(await account.missing(id, statements, policies), [], `${id} did what it may not`);
    const unused = await account.unused(id, statements);
    const unexplained = unused.filter((grant) => !isExcepted(id, grant, recognition));
    assert.deepEqual(unexplained, [], `${id} may do what it never does`);
  }
}

/** Anna with a song, and Carla without one; nobody of a photo of several people; and a photo that looks like Anna. */
export async function inviteGuests({ secret, stand }: DeployedHouse, host: PersonClient): Promise<void> {
  await host.say(host.bot, `/start ${secret.claimCode}`);
  await host.waitForMessage(says(/1\. Send me a photo/));
  await invite(host, 'Anna', await portrait('anna'));
  await invite(host, 'Carla', await portrait('carla'));
  await host.sendPhoto(host.bot, await readFile(sampleFile(5)), { caption: 'Everybody' });
  await host.waitForMessage(says(/^I see \d people/));
  const numbered = await host.waitForMessage(({ photo }) => photo !== undefined);
  await host.press(numbered, 'That’s all');
  await host.waitForMessage(says(/^OK, nobody from this photo/));
  await host.sendPhoto(host.bot, await portrait('annaAgain'), { caption: 'Zoe' });
  const question = ({ photo, caption }: PersonMessage) =>
    photo !== undefined && /like Anna/.test(caption ?? '');
  await host.press(await host.waitForMessage(question), 'It’s Anna');
  await host.waitForMessage(says(/^Got it, 2 photos of Anna now/));
  await host.sendAudio(host.bot, await carolMusic(), 'annas-song.mp3', { caption: 'Anna' });
  await host.waitForMessage(says(/annas-song|Jingle Bells/));
  await somebodyIsDeclined(host, await stand.person('guest'));
  // Both look whether anything is lost.
  await host.say(host.bot, '/songs');
  await host.waitForMessage(says(/^♪ .*: Anna$/m));
  await host.say(host.bot, '/status');
  await host.waitForMessage(says(/2 guests invited/));
}

/** Gina adds herself by a link, with a selfie that is looked at, and is not welcome. */
async function somebodyIsDeclined(host: PersonClient, gina: PersonClient): Promise<void> {
  const card = await signUp({ host }, gina, await guestCode({ host }), await portrait('berta'));
  await host.press(card, 'Decline');
  await gina.waitForMessage(says(/^Sorry, Holly hasn’t put you on the list/));
}

/** Nobody has said yet what time it is in this house: that is asked before its first party. */
export async function startFirstParty(host: PersonClient): Promise<void> {
  await host.say(host.bot, '/start_party');
  await host.waitForMessage(says(/^One question before the first party/));
  await host.say(host.bot, '/settings Vienna');
  await host.waitForMessage(says(/^The party’s on/));
}

/** Whoever is in the film, known or not, and whom a match left behind; the tick ends one party, and the host another. */
export async function guestsArrive(
  house: DeployedHouse,
  host: PersonClient,
  closeTheDoor: () => Promise<unknown>,
): Promise<void> {
  const shown = theScreenShowsThem(await openScreen(host));
  await Promise.all([whoeverIsInTheFilmArrives(host), shown]);
  await host.waitForMessage(says(/^(The door at|I can’t get a picture)/));
  await aStrangerIsNamed(host);
  // With the next record the match itself would find what it left behind.
  await closeTheDoor();
  await untilQuiet(house);
  const announced = await theTickAnnouncesWhatWasLeft(house, host);
  await aHostPutsItRight(house, host, announced);
  await theTickEndsAnOverdueParty(house, host);
  // Nobody's party is on: it looks whether the recognition still is.
  await house.tick();
  await theHostHearsOfAnAlarm(house, host);
  await startParty(host);
  await endParty(host);
  await whoWasSeenInTimeArrives(house, host);
}

export async function everythingIsForgotten(host: PersonClient): Promise<void> {
  await host.say(host.bot, '/forget everything');
  await host.press(await host.waitForMessage(says(/^Forget everything\?/)), 'Forget everything');
  const receipt = await host.waitForMessage(says(/^I’ve forgotten everything\./));
  assert.match(receipt.text ?? '', /I looked again: nothing of it is left\./);
}

/** Until no record has come for some seconds: the camera shows nothing any more, and what it showed is looked at. */
async function untilQuiet({ aws, output }: DeployedHouse): Promise<void> {
  const stream = await aws.dataStreams.ensure(output('DataStreamName'));
  let last = Date.now();
  const stop = stream.onRecord(() => {
    last = Date.now();
  });
  await eventually('no record comes', () => Date.now() - last > 3_000);
  stop();
}

/** A tablet by the door, with a link that the host has asked for. */
async function openScreen(host: PersonClient): Promise<string> {
  await host.say(host.bot, '/door Our party');
  const { caption = '' } = await host.waitForMessage(says(/the screen for your door/));
  const [link = ''] = /http\S+\/[\w-]{43}\//.exec(caption) ?? [];
  const page = await fetch(link);
  assert.match(page.headers.get('content-security-policy') ?? '', /media-src http/);
  assert.match(await page.text(), /screen\.js/);
  for (const file of ['screen.js', 'screen.css']) assert.equal((await fetch(`${link}${file}`)).status, 200);
  return link;
}

/** It is told of the guests while its request is held, and gets their songs and pictures. */
async function theScreenShowsThem(link: string): Promise<void> {
  const told = new Map<string, ScreenArrival>();
  while (told.size < 2) {
    const answer = await fetch(`${link}arrivals?on=1&known=${[...told.keys()].join()}`);
    assert.equal(answer.status, 200);
    const { arrivals } = (await answer.json()) as ScreenState;
    for (const arrival of arrivals) told.set(arrival.id, arrival);
  }
  const arrivals = [...told.values()].sort((a, b) => a.name.localeCompare(b.name));
  assert.deepEqual(
    arrivals.map(({ name }) => name),
    ['Anna', 'Carla'],
  );
  for (const { song, picture } of arrivals)
    for (const [address = '', type] of [
      [song?.address, /^audio\//],
      [picture?.address, /^image\//],
    ] as const)
      assert.match((await fetch(address)).headers.get('content-type') ?? '', type);
}

async function whoeverIsInTheFilmArrives(host: PersonClient): Promise<void> {
  const arrivals = [await host.waitForMessage(isArrival, { timeout: 120_000 })];
  // While the film lasts.
  await host.say(host.bot, '/camera');
  arrivals.push(await host.waitForMessage(isArrival, { timeout: 120_000 }));
  for (const { message_id: id, audio } of arrivals) {
    assert.ok(audio, 'each comes with a song');
    await host.waitForMessage(
      ({ photo, reply_to_message: to }) => photo !== undefined && to?.message_id === id,
      { timeout: 120_000 },
    );
  }
  assert.match(
    arrivals
      .map(({ caption }) => caption)
      .sort()
      .join(),
    /^Anna .*,Carla /s,
  );
}

/** Hosts are asked about whoever else is in the film: a new guest, who arrives then and whose face is kept. */
async function aStrangerIsNamed(host: PersonClient): Promise<void> {
  // A guest who was not recognised at first may have had a card, too; by now it says who that was.
  const open = async (): Promise<PersonMessage | undefined> =>
    (await host.messages()).find((message) => message.photo && labels(message).includes('New guest'));
  const isAsked = async (card: PersonMessage): Promise<boolean> => {
    try {
      return (await host.pressAndWait(card, 'New guest')).text !== unknownFacesText.knownByNow;
    } catch (error) {
      // It says so since a moment ago.
      if (error instanceof RefusedError) return false;
      throw error;
    }
  };
  await eventually(
    'hosts are asked',
    async () => {
      const card = await open();
      return card !== undefined && (await isAsked(card));
    },
    120_000,
  );
  const question = await host.waitForMessage(says(/^What’s their name\?/));
  await host.say(host.bot, 'Bea', { replyTo: question.message_id });
  await host.press(await host.waitForMessage(says(/^Which song for Bea\?/)), 'A carol');
  await host.waitForMessage((message) => isArrival(message) && says(/^Bea /)(message));
  const named = await host.waitForMessage(says(/^Got it, it’s Bea!$/));
  await host.press(named, 'Keep this face for next time');
  await host.waitForMessage(says(/^Got it, it’s Bea! I’ll know this face next time/));
}

/** The house's table, as somebody sees it who may do everything. */
export function tableOf({ options, output }: DeployedHouse): Table {
  const documents = DynamoDBDocumentClient.from(new DynamoDBClient(options), {
    marshallOptions: { removeUndefinedValues: true },
  });
  return new Table(documents, output('TableName'));
}

/** The match has claimed Berta's arrival and died. */
async function theTickAnnouncesWhatWasLeft(house: DeployedHouse, host: PersonClient): Promise<PersonMessage> {
  const table = tableOf(house);
  const { id: partyId, chatId } = (await new Parties(table, Date.now).on())!;
  await addBerta(house, new Guests(table, Date.now));
  const outbox = new Outbox(table, Date.now);
  const arrival = {
    partyId,
    guestId: 'berta',
    name: 'Berta',
    chatId,
    time: Date.now(),
    box: { left: 0.4, top: 0.3, width: 0.1, height: 0.2 },
    similarity: 92,
  };
  await diedLongAgo(outbox, arrival);

  await house.tick();

  const told = await host.waitForMessage((message) => isArrival(message) && says(/Berta/)(message));
  assert.ok(told.audio, 'with a carol');
  return told;
}

async function addBerta({ options, output }: DeployedHouse, guests: Guests): Promise<void> {
  const photo = { photoId: 'berta', faceIds: [], key: storageKey.photo('berta') };
  const Body = await portrait('anna');
  const put = { Bucket: output('BucketName'), Key: photo.key, Body, ContentType: 'image/jpeg' };
  await new S3Client(options).send(new PutObjectCommand(put));
  await guests.add('berta', 'Berta');
  await guests.addPhoto('berta', photo);
}

/** It was not Berta; the faces of those who it may be are shown; and it is Berta after all. */
async function aHostPutsItRight(
  house: DeployedHouse,
  host: PersonClient,
  announced: PersonMessage,
): Promise<void> {
  const table = tableOf(house);
  await new Guests(table, Date.now).add('emil', 'Emil');
  await host.press(announced, 'Not Berta');
  const question = await host.waitForMessage(
    ({ photo, caption }) => photo !== undefined && /^Sorry, that wasn’t Berta/.test(caption ?? ''),
  );
  await host.press(question, 'It is Berta');
  await host.waitForMessage((message) => isArrival(message) && says(/Berta/)(message));
  await table.delete({ pk: 'PEOPLE', sk: 'guest#emil' });
}

async function theTickEndsAnOverdueParty(house: DeployedHouse, host: PersonClient): Promise<void> {
  await tableOf(house).update({ pk: 'PARTY', sk: 'now' }, 'SET #endsAt = :endsAt', {
    endsAt: Date.now() - 1,
  });
  await house.tick();
  const recap = await host.waitForMessage(says(/party’s over/));
  assert.match(recap.text ?? '', /4 of 4 guests came:/);
  const isItsPicture = ({ photo, caption }: PersonMessage) =>
    photo !== undefined && /: 4 of 4 guests came\.$/.test(caption ?? '');
  await host.waitForMessage(isItsPicture);
  const { message_id: asked } = await host.say(host.bot, '/recap');
  await host.waitForMessage((message) => message.message_id > asked && isItsPicture(message));
}

/** A record of a party that is over is handled only now. */
async function whoWasSeenInTimeArrives(house: DeployedHouse, host: PersonClient): Promise<void> {
  const table = tableOf(house);
  const parties = new Parties(table, Date.now);
  // The recap comes first.
  await eventually('the party is among the past ones', async () => (await parties.latest()) === undefined);
  const party = (await parties.lastPast())!;
  await new Guests(table, Date.now).add('dora', 'Dora');
  await new People(table).assign('dora-1', { kind: 'guest', id: 'dora' });
  const stream = await house.aws.dataStreams.ensure(house.output('DataStreamName'));
  // She moves: who is there in a party's first frame, and does not, is taken for a picture.
  for (const [before, left] of [
    [2, 0.2],
    [1, 0.6],
  ] as const)
    stream.put(
      'late',
      bytesOf(recordOf(party.endsAt - before, [{ left, matches: [match('dora-1', 99.5)] }])),
    );
  await host.waitForMessage((message) => isArrival(message) && says(/Dora/)(message));
}

/** SNS may bring a message twice. */
async function theHostHearsOfAnAlarm(house: DeployedHouse, host: PersonClient): Promise<void> {
  const name = 'MusicalJoy-MatchErrors';
  const [on, over] = [new Date(Date.now() - 2_000), new Date()];
  for (let time = 0; time < 2; time++) await house.alarm(name, 'ALARM', on);
  await house.alarm(name, 'OK', over);
  await host.waitForMessage(says(/^The door is fine again/));
  const told = (await host.messages()).filter(says(/^I’m having trouble with the door/));
  assert.equal(told.length, 1);
}

/**
 * What the home automation was told of each arrival, by whoever announced it: match, tick or bot. It gets the songs and
 * pictures, with the rights of whoever signed their addresses. Berta's arrival, taken back and put right, was one.
 */
export async function theHomeWasToldOfAll({ received }: WebhookReceiver): Promise<void> {
  await eventually('the last one is told', () => received.some(({ body }) => body.includes('Dora')));
  const told = received.map(({ body }) => JSON.parse(body) as ArrivalDocument);
  assert.deepEqual(told.map(({ guest }) => guest.name).sort(), ['Anna', 'Bea', 'Berta', 'Carla', 'Dora']);
  for (const { guest, song, picture } of told) {
    assert.match((await fetch(song?.url ?? '')).headers.get('content-type') ?? '', /^audio\//);
    // Of Bea there was no photo yet.
    if (!['Bea', 'Dora'].includes(guest.name))
      assert.match((await fetch(picture?.url ?? '')).headers.get('content-type') ?? '', /^image\//);
  }
}

export async function leavesNothingBehind(house: DeployedHouse, setupId: string): Promise<void> {
  const s3 = new S3Client(house.options);
  const Bucket = house.output('BucketName');
  await s3.send(new CreateMultipartUploadCommand({ Bucket, Key: 'songs/half' }));

  // The producer's, as npm run deploy makes it.
  const UserName = house.output('ProducerUserName');
  await new IAMClient(house.options).send(new CreateAccessKeyCommand({ UserName }));
  assert.equal(house.iam.keysOf(UserName).length, 1);

  const deleted = await house.setUp('Delete', setupId);

  assert.deepEqual([deleted.Status, deleted.Reason], ['SUCCESS', '']);
  assert.deepEqual(house.iam.keysOf(UserName), []);
  assert.equal((await house.stand.api.getWebhookInfo()).url, '');
  const rekognition = new RekognitionClient(house.options);
  assert.deepEqual((await rekognition.send(new ListStreamProcessorsCommand({}))).StreamProcessors, []);
  assert.equal((await s3.send(new ListObjectsV2Command({ Bucket }))).Contents, undefined);
}
