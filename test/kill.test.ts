import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { KinesisClient, PutRecordCommand } from '@aws-sdk/client-kinesis';
import { ListFacesCommand, RekognitionClient } from '@aws-sdk/client-rekognition';
import { credentials, names } from '../local/environment.ts';
import type { PersonMessage } from '../local/telegram/state/messages.ts';
import { says } from './support/bot-house.ts';
import { carolMusic } from './support/carols.ts';
import { claim } from './support/house.ts';
import type { Moment } from './support/killable-house.ts';
import { KilledHouse } from './support/killed-house.ts';
import { nobody, portrait } from './support/portraits.ts';
import { bytesOf, type FaceInFrame, match, recordOf } from './support/records.ts';
import { PersonClient } from './support/telegram/person-client.ts';

const patient = { timeout: 120_000 };

/** One evening with a house that is killed ten times. */
class Evening {
  readonly house: KilledHouse;
  readonly host: PersonClient;

  constructor(house: KilledHouse, host: PersonClient) {
    this.house = house;
    this.host = host;
  }

  static async begin(t: TestContext): Promise<Evening> {
    const house = await KilledHouse.start(t);
    const host = await PersonClient.connect(`${house.pageUrl}/telegram`, 'host');
    t.after(async () => {
      await host.close();
      // For looking into a test that failed.
      t.diagnostic(house.output);
    });
    await claim(house, host);
    return new Evening(house, host);
  }

  /** Does something that leads to the moment, waits until the house is dead, and starts it again. */
  async killedAt(moment: Moment, lead: () => Promise<unknown>): Promise<void> {
    const { dead } = await this.house.diesAt(moment);
    // Who was asking when it died gets no answer.
    await Promise.all([dead, lead().catch(() => {})]);
    await this.house.restart();
  }

  hears(what: RegExp): Promise<PersonMessage> {
    return this.host.waitForMessage(says(what), patient);
  }

  /** The faces that are in the collection. */
  async faces(): Promise<string[]> {
    const client = new RekognitionClient(this.#aws);
    const { Faces = [] } = await client.send(new ListFacesCommand({ CollectionId: names.collection }));
    return Faces.map(({ FaceId }) => FaceId!);
  }

  /** The camera shows somebody now, and the recognition says who it is. */
  async seen(...faces: FaceInFrame[]): Promise<void> {
    const jpeg = new Uint8Array(await nobody());
    const own = { 'x-musical-joy': '1' };
    const time = Date.now();
    const shown = await fetch(`${this.house.pageUrl}/door/frames`, {
      method: 'POST',
      body: jpeg,
      headers: own,
    });
    assert.equal(shown.status, 204);
    const client = new KinesisClient(this.#aws);
    const Data = bytesOf(recordOf(time, faces));
    await client.send(new PutRecordCommand({ StreamName: names.dataStream, PartitionKey: 'door', Data }));
  }

  async chooseWebcam(): Promise<void> {
    const chosen = await fetch(`${this.house.pageUrl}/door/camera`, {
      method: 'POST',
      body: JSON.stringify({ source: 'webcam' }),
      headers: { 'x-musical-joy': '1', 'content-type': 'application/json' },
    });
    assert.equal(chosen.status, 200);
  }

  /** Waits for a guest's arrival and its snapshot. @returns how often the arrival was told */
  async arrives(name: string): Promise<number> {
    const isArrival = ({ caption }: PersonMessage) => caption?.startsWith(`${name} has arrived`) === true;
    // An empty frame, as the camera sends many: what was left over is looked for with each batch.
    await this.seen();
    await this.host.waitForMessage(isArrival, patient);
    const isSnapshot = ({ photo, reply_to_message: to }: PersonMessage) =>
      photo !== undefined && to?.caption?.startsWith(`${name} has arrived`) === true;
    await this.host.waitForMessage(isSnapshot, patient);
    const messages = await this.host.messages();
    assert.equal(messages.filter(isSnapshot).length, 1, 'one snapshot');
    return messages.filter(isArrival).length;
  }

  get #aws() {
    return { endpoint: this.house.awsUrl, region: names.region, credentials, maxAttempts: 1 };
  }
}

const certain = (faceId: string, external?: string): FaceInFrame => ({
  matches: [match(faceId, 99.9, external)],
});

test('killed at ten points of the road, the house loses nothing', async (t) => {
  const evening = await Evening.begin(t);
  const { house, host } = evening;
  let [anna, berta]: Array<string | undefined> = [];

  await t.test('1: a photo was accepted, and nobody looked at it yet', async () => {
    await evening.killedAt({ when: 'before', call: '^POST /webhook/' }, async () =>
      host.sendPhoto(host.bot, await portrait('anna'), { caption: 'Anna' }),
    );
    await evening.hears(/^Anna will be recognised/);
    [anna] = await evening.faces();
  });

  await t.test('2: a photo’s face is in the collection, and nobody knows whose it is', async () => {
    await evening.killedAt({ when: 'after', call: 'RekognitionService.IndexFaces' }, async () =>
      host.sendPhoto(host.bot, await portrait('berta'), { caption: 'Berta' }),
    );
    await evening.hears(/^Berta will be recognised/);
    const others = (await evening.faces()).filter((face) => face !== anna);
    assert.equal(others.length, 1, 'a face each');
    [berta] = others;
    await host.say(host.bot, '/guests');
    await evening.hears(/^2 guests:\nAnna: 1 photo, .*\nBerta: 1 photo, /);
  });

  await t.test('3: a song is in the bucket, and nobody knows it', async () => {
    const music = await carolMusic();
    await evening.killedAt({ when: 'after', call: `^PUT /${names.bucket}/songs/[0-9a-f]+\\?` }, () =>
      host.sendAudio(host.bot, music, 'annas-song.mp3', { caption: 'Anna' }),
    );
    await evening.hears(/will play when Anna arrives/);
  });

  await t.test('4: a party is on, and its host was not told', async () => {
    await evening.killedAt({ when: 'before', call: '/editMessageText ' }, () =>
      host.say(host.bot, '/start_party'),
    );
    await evening.hears(/^A party is on here already/);
  });

  await t.test('5: a party is on, and nothing was seen yet', async () => {
    await evening.chooseWebcam();
    await house.kill();
    await house.restart();
    await host.say(host.bot, '/status');
    await evening.hears(/^The party is on, from .*\n0 of 2 guests arrived\.\nThe recognition is on\./);
    await house.carols();
  });

  await t.test('6: a guest’s record is on the stream, and nobody took it', async () => {
    const faceId = anna!;
    await evening.killedAt({ when: 'record', faceId }, () => evening.seen(certain(faceId)));
    assert.equal(await evening.arrives('Anna'), 1);
  });

  await t.test('7: an arrival is claimed, and Telegram heard nothing', async () => {
    await evening.killedAt({ when: 'before', call: '/sendAudio ' }, () => evening.seen(certain(berta!)));
    assert.equal(await evening.arrives('Berta'), 1);
  });

  await t.test('8: Telegram has the message, and nobody heard so: the one that may come twice', async () => {
    await evening.killedAt({ when: 'after', call: '/sendAudio ' }, () =>
      evening.seen(certain('by-hand-1', 'Carla')),
    );
    assert.equal(await evening.arrives('Carla'), 2);
  });

  await t.test('9: an arrival was told, and its picture was not asked for', async () => {
    await evening.killedAt({ when: 'before', call: '^POST /2015-03-31/functions/pictures/' }, () =>
      evening.seen(certain('by-hand-2', 'Dora')),
    );
    assert.equal(await evening.arrives('Dora'), 1);
  });

  await t.test('10: a party is ending, and its recap was not told', async () => {
    await evening.killedAt({ when: 'before', call: '/sendMessage ' }, () => host.say(host.bot, '/end_party'));
    const recap = await evening.hears(/the party is over \(/i);
    for (const name of ['Anna', 'Berta', 'Carla', 'Dora']) assert.match(recap.text ?? '', new RegExp(name));
    await host.say(host.bot, '/status');
    await evening.hears(/^No party is on.*\nThe recognition is off\.\n2 guests invited\./);
    assert.equal((await host.messages()).filter(says(/party is over \(/i)).length, 1);
  });
});
