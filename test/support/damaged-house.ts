import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { cp } from 'node:fs/promises';
import path from 'node:path';
import type { TestContext } from 'node:test';
import { RekognitionClient, SearchFacesByImageCommand } from '@aws-sdk/client-rekognition';
import { readObjectInfo } from '../../local/aws/s3/object-file.ts';
import { names } from '../../local/environment.ts';
import { startHouse } from '../../local/house.ts';
import type { House } from '../../local/house-options.ts';
import { says } from './bot-house.ts';
import { carolMusic } from './carols.ts';
import { emptyFolder } from './folder.ts';
import { claim, invite, openHouse, startParty } from './house.ts';
import { type Face, portrait } from './portraits.ts';
import type { PersonClient } from './telegram/person-client.ts';

/** How a start on a data folder went. */
export type Started =
  | { readonly house: House; readonly told: readonly string[] }
  | { readonly error: Error; readonly told: readonly string[] };

interface Ports {
  readonly port: number;
  readonly awsPort: number;
}

const guests: Readonly<Record<string, Face>> = { Anna: 'anna', Berta: 'berta' };

/** A house with guests and a song, in which a party is on; its data folder is damaged in copies. */
export class DamagedHouse {
  /** The data folder as a clean end left it. */
  readonly folder: string;
  /** The Lambdas of this process keep the addresses of their first house, so the later ones have the same. */
  readonly #ports: Ports;

  private constructor(folder: string, ports: Ports) {
    this.folder = folder;
    this.#ports = ports;
  }

  static async open(t: TestContext): Promise<DamagedHouse> {
    const folder = await emptyFolder();
    const house = await openHouse(t, { folder });
    await house.carols;
    const host = await house.person('host');
    await claim(house, host);
    for (const [name, face] of Object.entries(guests)) await invite(host, name, await portrait(face));
    await giveSong(host);
    await startParty(host);
    await host.close();
    await house.close();
    const port = (url: string) => Number(new URL(url).port);
    return new DamagedHouse(folder, { port: port(house.pageUrl), awsPort: port(house.awsUrl) });
  }

  /** A copy of the data folder, to be damaged. */
  async copy(): Promise<string> {
    const folder = await emptyFolder();
    await cp(this.folder, folder, { recursive: true, verbatimSymlinks: true });
    return folder;
  }

  /** Starts the house on a data folder. */
  async start(folder: string): Promise<Started> {
    const told: string[] = [];
    const asked = (number: number) => ({ number, asked: true });
    try {
      const house = await startHouse({
        folder,
        port: asked(this.#ports.port),
        awsPort: asked(this.#ports.awsPort),
        onDamage: (message) => told.push(message),
      });
      return { house, told };
    } catch (error) {
      return { error: error as Error, told };
    }
  }
}

/** Whoever is shown as a guest is recognised, by that name, and the host is still the host. */
export async function assertAllKnown({ services }: House): Promise<void> {
  assert.equal((await services.hosts.list()).length, 1, 'the host is the host');
  const listed = (await services.guests.list()).map(({ name }) => name);
  assert.deepEqual(listed, Object.keys(guests), 'all guests are there');
  for (const name of listed) assert.equal(await whoIs(services, guests[name]!), name);
}

/** The name by which a face is recognised. */
export async function whoIs({ people, guests }: House['services'], face: Face): Promise<string | undefined> {
  const client = new RekognitionClient();
  const { FaceMatches = [] } = await client.send(
    new SearchFacesByImageCommand({
      CollectionId: names.collection,
      Image: { Bytes: new Uint8Array(await portrait(face)) },
    }),
  );
  client.destroy();
  const faceId = FaceMatches[0]?.Face?.FaceId ?? '';
  const owner = (await people.owners([faceId])).get(faceId);
  return owner && (await guests.get(owner.id))?.name;
}

/** The file of the guests' song in the bucket, by its path in the data folder. */
export const fileOfSong = (folder: string): string =>
  fileOfObject(folder, (key) => key.startsWith('songs/') && !key.endsWith('.mp3'));

/** The file of a carol in the bucket. */
export const fileOfCarol = (folder: string): string =>
  fileOfObject(folder, (key) => key.startsWith('songs/') && key.endsWith('.mp3'));

function fileOfObject(folder: string, isMeant: (key: string) => boolean): string {
  const objects = path.join('s3', names.bucket, 'objects');
  for (const name of readdirSync(path.join(folder, objects))) {
    const info = readObjectInfo(path.join(folder, objects, name), name);
    if (info && isMeant(info.key)) return path.join(objects, name);
  }
  throw new Error('There is no such object.');
}

async function giveSong(host: PersonClient): Promise<void> {
  await host.send(host.bot, 'audio', await carolMusic(), 'song.mp3');
  await host.pressAndWait(await host.waitForMessage(says(/Whose song is it/)), 'Anna');
}
