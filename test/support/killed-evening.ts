import assert from 'node:assert/strict';
import type { TestContext } from 'node:test';
import { setTimeout } from 'node:timers/promises';
import { KinesisClient, PutRecordCommand } from '@aws-sdk/client-kinesis';
import { ListFacesCommand, RekognitionClient } from '@aws-sdk/client-rekognition';
import { credentials, names } from '../../local/environment.ts';
import type { PersonMessage } from '../../local/telegram/state/messages.ts';
import { firstMoments } from '../../party/arrivals/still-faces.ts';
import { says } from './bot-house.ts';
import { claim } from './house.ts';
import type { Moment } from './killable-house.ts';
import { KilledHouse } from './killed-house.ts';
import { nobody, portrait } from './portraits.ts';
import { bytesOf, type FaceInFrame, match, recordOf } from './records.ts';
import { PersonClient } from './telegram/person-client.ts';

const patient = { timeout: 120_000 };

/** One evening with a house that is killed again and again. */
export class KilledEvening {
  readonly house: KilledHouse;
  readonly host: PersonClient;
  readonly #invited: string[] = [];

  constructor(house: KilledHouse, host: PersonClient) {
    this.house = house;
    this.host = host;
  }

  static async begin(t: TestContext): Promise<KilledEvening> {
    const house = await KilledHouse.start(t);
    const host = await PersonClient.connect(`${house.pageUrl}/telegram`, 'host');
    t.after(async () => {
      await host.close();
      // For looking into a test that failed.
      t.diagnostic(house.output);
    });
    await claim(house, host);
    return new KilledEvening(house, host);
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

  /** A guest by a photo. @returns the id of the guest's face */
  async invite(who: Parameters<typeof portrait>[0], name: string): Promise<string> {
    await this.host.sendPhoto(this.host.bot, await portrait(who), { caption: name });
    await this.hears(new RegExp(`^Got it, I’ll know ${name}`));
    const [added] = (await this.faces()).filter((face) => !this.#invited.includes(face));
    this.#invited.push(added!);
    return added!;
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

  /** Nobody is at the door for so long that whoever comes now was not there from the beginning, as a picture is. */
  async nobodyComes(): Promise<void> {
    await this.seen();
    await setTimeout(firstMoments + 1);
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
    const isArrival = ({ caption }: PersonMessage) => caption?.startsWith(`${name} is here`) === true;
    // An empty frame, as the camera sends many: what was left over is looked for with each batch.
    await this.seen();
    await this.host.waitForMessage(isArrival, patient);
    const isSnapshot = ({ photo, reply_to_message: to }: PersonMessage) =>
      photo !== undefined && to?.caption?.startsWith(`${name} is here`) === true;
    await this.host.waitForMessage(isSnapshot, patient);
    const messages = await this.host.messages();
    assert.equal(messages.filter(isSnapshot).length, 1, 'one snapshot');
    return messages.filter(isArrival).length;
  }

  get #aws() {
    return { endpoint: this.house.awsUrl, region: names.region, credentials, maxAttempts: 1 };
  }
}

/** A face that the recognition is certain of. */
export const certain = (faceId: string, external?: string): FaceInFrame => ({
  matches: [match(faceId, 99.9, external)],
});
