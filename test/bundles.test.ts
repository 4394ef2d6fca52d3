import assert from 'node:assert/strict';
import { createReadStream } from 'node:fs';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { after, before, describe, type TestContext, test } from 'node:test';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { CreateStreamCommand, KinesisVideoClient } from '@aws-sdk/client-kinesis-video';
import {
  CreateStreamProcessorCommand,
  ListStreamProcessorsCommand,
  RekognitionClient,
  StartStreamProcessorCommand,
} from '@aws-sdk/client-rekognition';
import { CreateMultipartUploadCommand, ListObjectsV2Command, S3Client } from '@aws-sdk/client-s3';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { arn } from '../local/aws/arn.ts';
import { Guests } from '../party/guests/guests.ts';
import { People } from '../party/guests/people.ts';
import { Outbox } from '../party/outbox/outbox.ts';
import { Parties } from '../party/parties/parties.ts';
import { Table } from '../party/stores/table.ts';
import { type Recognizer, startRecognizer } from '../vision/recognizer.ts';
import { afterwards } from './local/telegram/stand.ts';
import { diedLongAgo } from './support/abandoned.ts';
import { says } from './support/bot-house.ts';
import { carolMusic } from './support/carols.ts';
import { makeClip } from './support/clip.ts';
import { eventually } from './support/eventually.ts';
import { emptyFolder } from './support/folder.ts';
import { endParty, invite, isArrival, startParty } from './support/house.ts';
import { Account, statementsOf } from './support/iam/account.ts';
import { isExcepted } from './support/iam/exceptions.ts';
import { sampleFile, samplePicture } from './support/pictures.ts';
import { portrait } from './support/portraits.ts';
import { heard, startProducer } from './support/producer.ts';
import { bytesOf, match, recordOf } from './support/records.ts';
import { startRtspServer, withoutRtspServer } from './support/rtsp-server.ts';
import { type DeployedHouse, deploy } from './support/stack/deployed-house.ts';
import { synthesize } from './support/stack/synth.ts';
import { ofType, type Template } from './support/stack/template.ts';
import type { PersonClient } from './support/telegram/person-client.ts';

let recognizer: Recognizer;
/** Nobody at the door, and then two of the guests. */
let clip: string;
let annasSong: Uint8Array;
before(async () => {
  recognizer = await startRecognizer();
  clip = path.join(await emptyFolder(), 'door.mp4');
  await makeClip(
    [
      { picture: await samplePicture(6), seconds: 6 },
      { picture: await samplePicture(3), seconds: 20 },
    ],
    clip,
    { framesPerSecond: 10 },
  );
  annasSong = await carolMusic();
});
after(() => recognizer.close());

/** A house as it was synthesized and deployed, and what its callers asked of IAM. */
async function open(t: TestContext, recognition: 'video' | 'images') {
  const folder = await emptyFolder();
  const stack = await synthesize(folder, { recognition });
  const account = new Account();
  const house = await deploy(t, stack, { recognizer, onCall: account.note });
  const created = await house.setUp('Create');
  assert.equal(created.Status, 'SUCCESS', created.Reason);
  const host = await house.stand.person('host');
  return { house, host, account, setupId: created.PhysicalResourceId, template: stack.template };
}

describe('a deployed house', { concurrency: true }, () => {
  test('by video, the bundles run a house from its deployment to its deletion, with the rights of their roles and no others', async (t) => {
    const { house, host, account, setupId, template } = await open(t, 'video');
    const updated = await house.setUp('Update', setupId);
    assert.equal(updated.Status, 'SUCCESS', updated.Reason);
    await inviteGuests(house, host);
    await startParty(host);
    await house.camera.playFile('door.mp4', createReadStream(clip), false);
    await guestsArrive(house, host, () => house.camera.choose('off'));
    await startParty(host);
    await leavesNothingBehind(house, setupId);
    assertRights(account, house, template, 'video');
  });

  test('by images, the producer and the bundles do the same, in a house that was one by video before', {
    skip: withoutRtspServer,
  }, async (t) => {
    const { house, host, account, setupId, template } = await open(t, 'images');
    await makeStreamProcessor(house);
    const updated = await house.setUp('Update', setupId, { VideoStreamName: formerProcessor });
    assert.equal(updated.Status, 'SUCCESS', updated.Reason);
    await inviteGuests(house, host);
    const camera = await startRtspServer(clip);
    afterwards(t, () => camera.stop());
    const producer = startProducer([], producerSettings(house, template, camera.address));
    afterwards(t, async () => {
      await producer.kill();
      t.diagnostic(producer.output());
    });
    await heard({ services: { table: tableOf(house) } });
    await startParty(host);
    await guestsArrive(house, host, () => camera.stop());
    await leavesNothingBehind(house, setupId);
    assertRights(account, house, template, 'images');
  });
});

/** What everybody was granted is what they did, and they did nothing else. */
function assertRights(account: Account, house: DeployedHouse, template: Template, recognition: string): void {
  const callers = ['AWS::IAM::Role', 'AWS::IAM::User'].flatMap((type) => ofType(template, type));
  for (const [id] of callers) {
    const statements = statementsOf(template, house.made, id);
    assert.deepEqual(account.missing(id, statements), [], `${id} did what it may not`);
    const unused = account.unused(id, statements).filter((grant) => !isExcepted(id, grant, recognition));
    assert.deepEqual(unused, [], `${id} may do what it never does`);
  }
}

/** Anna with a song, and Carla without one; a photo of several people and one of nobody are refused. */
async function inviteGuests({ secret }: DeployedHouse, host: PersonClient): Promise<void> {
  await host.say(host.bot, `/start ${secret.claimCode}`);
  await host.waitForMessage(says(/1\. Send me a photo/));
  await invite(host, 'Anna', await portrait('anna'));
  await invite(host, 'Carla', await portrait('carla'));
  await host.sendPhoto(host.bot, await readFile(sampleFile(5)), { caption: 'Everybody' });
  await host.waitForMessage(says(/faces/));
  await host.sendAudio(host.bot, annasSong, 'annas-song.mp3', { caption: 'Anna' });
  await host.waitForMessage(says(/annas-song|Jingle Bells/));
}

/** Whoever is in the film, and whom a match left behind; the tick ends one party, and the host another. */
async function guestsArrive(
  house: DeployedHouse,
  host: PersonClient,
  closeTheDoor: () => Promise<unknown>,
): Promise<void> {
  await whoeverIsInTheFilmArrives(host);
  // With the next record the match itself would find what it left behind.
  await closeTheDoor();
  await untilQuiet(house);
  await theTickAnnouncesWhatWasLeft(house, host);
  await theTickEndsAnOverdueParty(house, host);
  // Nobody's party is on: it looks whether the recognition still is.
  await house.tick();
  await theHostHearsOfAnAlarm(house, host);
  await startParty(host);
  await endParty(host);
  await whoWasSeenInTimeArrives(house, host);
}

/** Until no record has come for a second: the camera shows nothing any more. */
async function untilQuiet({ aws, output }: DeployedHouse): Promise<void> {
  const stream = await aws.dataStreams.ensure(output('DataStreamName'));
  let last = Date.now();
  const stop = stream.onRecord(() => {
    last = Date.now();
  });
  await eventually('no record comes', () => Date.now() - last > 1_000);
  stop();
}

async function whoeverIsInTheFilmArrives(host: PersonClient): Promise<void> {
  const arrivals = [];
  for (let i = 0; i < 2; i++) arrivals.push(await host.waitForMessage(isArrival, { timeout: 120_000 }));
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
}

async function theTickEndsAnOverdueParty(house: DeployedHouse, host: PersonClient): Promise<void> {
  await tableOf(house).update({ pk: 'PARTY', sk: 'now' }, 'SET #endsAt = :endsAt', {
    endsAt: Date.now() - 1,
  });
  await house.tick();
  const recap = await host.waitForMessage(says(/is over/));
  assert.match(recap.text ?? '', /3 of 3 guests came:/);
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
  stream.put('late', bytesOf(recordOf(party.endsAt - 1, [{ matches: [match('dora-1', 99.5)] }])));
  await host.waitForMessage((message) => isArrival(message) && says(/Dora/)(message));
}

/** SNS may bring a message twice. */
async function theHostHearsOfAnAlarm(house: DeployedHouse, host: PersonClient): Promise<void> {
  const name = 'MusicalJoy-MatchErrors';
  const [on, over] = [new Date(Date.now() - 2_000), new Date()];
  for (let time = 0; time < 2; time++) await house.alarm(name, 'ALARM', on);
  await house.alarm(name, 'OK', over);
  await host.waitForMessage(says(/^Looking at who is at the door works again/));
  const told = (await host.messages()).filter(says(/^Looking at who is at the door has failed/));
  assert.equal(told.length, 1);
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

const formerProcessor = 'MusicalJoy-front-door';

/** What a house by video leaves behind when it becomes one by images: a stream processor, here one that runs. */
async function makeStreamProcessor({ options, output }: DeployedHouse): Promise<void> {
  const { StreamARN: Arn } = await new KinesisVideoClient(options).send(
    new CreateStreamCommand({ StreamName: formerProcessor }),
  );
  const rekognition = new RekognitionClient(options);
  await rekognition.send(
    new CreateStreamProcessorCommand({
      Name: formerProcessor,
      Input: { KinesisVideoStream: { Arn } },
      Output: { KinesisDataStream: { Arn: arn('kinesis', `stream/${output('DataStreamName')}`) } },
      RoleArn: 'arn:aws:iam::000000000000:role/stream-processor',
      Settings: { FaceSearch: { CollectionId: output('CollectionId') } },
    }),
  );
  await rekognition.send(new StartStreamProcessorCommand({ Name: formerProcessor }));
}

/** What `producer.env` holds, with the key of the stack's user. */
function producerSettings(house: DeployedHouse, template: Template, camera: string): Record<string, string> {
  const [[user = ''] = []] = ofType(template, 'AWS::IAM::User');
  const { accessKeyId, secretAccessKey } = house.credentialsOf(user);
  return {
    AWS_REGION: house.options.region,
    AWS_ENDPOINT_URL: house.options.endpoint,
    AWS_ACCESS_KEY_ID: accessKeyId,
    AWS_SECRET_ACCESS_KEY: secretAccessKey,
    TABLE_NAME: house.output('TableName'),
    BUCKET_NAME: house.output('BucketName'),
    COLLECTION_ID: house.output('CollectionId'),
    DATA_STREAM_NAME: house.output('DataStreamName'),
    CAMERA_URL: camera,
    HEALTH_FILE: path.join(house.stand.folder, 'health.json'),
  };
}
