import type { TestContext } from 'node:test';
import { doorEntry } from '../../lambdas/door.ts';
import { buildScreen } from '../../lambdas/door-screen/build.ts';
import { startAws } from '../../local/aws/aws.ts';
import { provision } from '../../local/deployment/provision.ts';
import { startDoorServer } from '../../local/door-screen/reverse-proxy.ts';
import { credentials, names, pointAtThisMachine } from '../../local/environment.ts';
import { faceEngine } from '../../local/face-engine.ts';
import { startFunctionUrls } from '../../local/lambda/function-url.ts';
import { LambdaFunctions } from '../../local/lambda/functions.ts';
import { AsyncInvocations } from '../../local/lambda/invoke.ts';
import { lambdaInvoker } from '../../local/lambda/invoker.ts';
import { buildOnce } from '../../party/build-once.ts';
import { hour } from '../../party/clock.ts';
import { readConfig } from '../../party/config.ts';
import { ScreenLinks } from '../../party/door-screen/screen-links.ts';
import { partyPartition } from '../../party/parties/party.ts';
import { createServices, type Services } from '../../party/services.ts';
import { carolMusic } from './carols.ts';
import { emptyFolder } from './folder.ts';
import { keptLog } from './log.ts';
import { plainPortrait } from './plain-faces.ts';

const files = buildOnce(buildScreen);

/** A door screen with AWS of this machine behind it, and a party at which guests can be made to arrive. */
export interface DoorHouse {
  readonly services: Services;
  readonly links: ScreenLinks;
  readonly awsUrl: string;
  /** Ends with a slash. */
  readonly url: string;
  /** Starts a party of four hours. */
  startParty(): Promise<void>;
  endParty(): Promise<void>;
  /** A guest with a photo, and with a song unless it is left out, arrives. @param ago milliseconds */
  arrive(name: string, options?: { readonly ago?: number; readonly song?: boolean }): Promise<void>;
  /** The door screen is gone, as while the program starts anew. */
  stop(): Promise<void>;
  /** It is there again, at the same address. */
  start(): Promise<void>;
}

/** Opens it for a test, with whom it ends. */
export async function openDoorHouse(t: TestContext): Promise<DoorHouse> {
  const folder = await emptyFolder();
  const functions = new LambdaFunctions({});
  const aws = await startAws({
    port: 0,
    folder,
    credentials,
    engine: faceEngine({
      find: () => Promise.reject(new Error('No photo is looked at here.')),
    }),
    media: () => undefined,
    functions: lambdaInvoker(functions, new AsyncInvocations({ functions, folder })),
  });
  pointAtThisMachine(aws.url, undefined);
  await provision('123456:a-token-that-nobody-uses');
  const services = createServices(readConfig(process.env), { log: keptLog() });
  const { table, now, parties, guests, songs, storage } = services;
  let running: { url: string; close(): Promise<void> } | undefined;
  let port = 0;

  async function start(): Promise<void> {
    const ending = new AbortController();
    const door = { handler: doorEntry({ files, ending: ending.signal }), timeoutSeconds: 30 };
    const urls = await startFunctionUrls({ functions: new LambdaFunctions({ door }), names: ['door'] });
    const server = await startDoorServer(
      { functionUrl: urls.url('door'), awsUrl: aws.url, bucket: names.bucket },
      { address: '127.0.0.1', port },
    );
    process.env.S3_PUBLIC_ROOT = server.objectsUrl;
    port = Number(new URL(server.url).port);
    running = {
      url: server.url,
      async close() {
        await server.close();
        ending.abort();
        await urls.close();
      },
    };
  }
  async function stop(): Promise<void> {
    await running?.close();
    running = undefined;
  }
  await start();
  t.after(async () => {
    await stop();
    await aws.close();
  });

  let guestCount = 0;
  return {
    services,
    links: new ScreenLinks(table, now),
    awsUrl: aws.url,
    url: running!.url,
    start,
    stop,
    async startParty() {
      await parties.start({ chatId: 1, startedBy: 1, endsAt: now() + 4 * hour });
    },
    async endParty() {
      await parties.end((await parties.latest())!);
    },
    async arrive(name, { ago = 0, song = true } = {}) {
      const party = (await parties.latest())!;
      const id = `guest-${++guestCount}`;
      const photo = { photoId: id, faceIds: [], key: `photos/${id}` };
      await storage.put(photo.key, await plainPortrait(guestCount), 'image/jpeg');
      await guests.add(id, name);
      await guests.addPhoto(id, photo);
      if (song) {
        const key = `songs/${id}`;
        await storage.put(key, await carolMusic(), 'audio/mpeg');
        const described = { title: `Song of ${name}`, performer: 'Choir', contentType: 'audio/mpeg' };
        await songs.put({ id, key, fileName: 'song.mp3', carol: false, ...described });
        await guests.setSong(id, id);
      }
      const box = { left: 0.4, top: 0.3, width: 0.2, height: 0.3 };
      const place = { chatId: 1, hostId: 1, messageId: 5 };
      const arrival = { partyId: party.id, guestId: id, name, time: now() - ago, box, similarity: 99 };
      await table.put({
        pk: partyPartition(party.id),
        sk: `guest#${id}`,
        claim: 'done',
        ...place,
        ...arrival,
      });
    },
  };
}
