import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { KinesisClient, PutRecordCommand } from '@aws-sdk/client-kinesis';
import { offeredTimeZones } from '../../bot/settings/time-zones.ts';
import { buildChat } from '../../lambdas/bot-api.ts';
import { createTick } from '../../lambdas/tick.ts';
import { names } from '../../local/environment.ts';
import { startHouse } from '../../local/house.ts';
import { minute, second } from '../../party/clock.ts';
import { putCarols } from '../../test/support/carols.ts';
import { makeClip } from '../../test/support/clip.ts';
import { emptyFolder } from '../../test/support/folder.ts';
import { showVideo } from '../../test/support/house.ts';
import { samplePicture } from '../../test/support/pictures.ts';
import { match, recordOf } from '../../test/support/records.ts';
import { PersonClient } from '../../test/support/telegram/person-client.ts';
import { openPhone } from './phone.ts';
import { Transcript } from './transcript.ts';

/** Whenever it is lived through, it is eight in the evening at the party. */
const isEight = (timeZone: string): boolean =>
  new Intl.DateTimeFormat('en-GB', { timeZone, hour: '2-digit', hourCycle: 'h23' }).format() === '20';
/** Where the faces are in the films, ratios of the picture. */
export const box = {
  berta: { Left: 0.41, Top: 0.08, Width: 0.07, Height: 0.18 },
  anna: { Left: 0.62, Top: 0.16, Width: 0.08, Height: 0.19 },
};

const says =
  (what: RegExp) =>
  ({ text, caption }: { text?: string; caption?: string }) =>
    what.test(text ?? caption ?? '');

/**
 * The house, those who come to the evening, and what is done there in more than one scene.
 *
 * @param target the folder of the pictures
 */
export async function openStage(target: string) {
  process.env.PARTY_TZ = [...offeredTimeZones(undefined), ...Intl.supportedValuesOf('timeZone')].find(
    (timeZone) => isEight(timeZone) && !timeZone.startsWith('Antarctica/'),
  )!;
  // So that costs are told.
  process.env.PRICE_LIST = 'aws-us-east-1';

  const folder = await emptyFolder();
  await putCarols(folder);
  const anyPort = { number: 0, asked: true };
  const house = await startHouse({ folder, port: anyPort, awsPort: anyPort });
  const { services } = house;
  const person = (role: 'host' | 'co-host' | 'guest' | 'anyone') =>
    PersonClient.connect(`${house.pageUrl}/telegram`, role);
  const [holly, cole, gina, ander] = await Promise.all([
    person('host'),
    person('co-host'),
    person('guest'),
    person('anyone'),
  ]);
  const transcript = new Transcript([
    { title: 'Holly, in private', reader: holly, chat: holly.bot },
    { title: 'Cole, in private', reader: cole, chat: cole.bot },
    { title: 'Gina, in private', reader: gina, chat: gina.bot },
  ]);
  const phone = await openPhone(house.pageUrl, target);
  const last = async (who: PersonClient, what: RegExp, chat = who.bot) =>
    (await who.messages(chat)).filter(says(what)).at(-1)!;

  /** Somebody does something, if it is not done; the evening goes on when that is there. */
  async function scene(
    title: string,
    act: (() => Promise<unknown>) | undefined,
    who: PersonClient,
    what: RegExp,
    chat = who.bot,
  ): Promise<void> {
    const found = async () =>
      (await who.messages(chat)).filter(says(what)).map((message) => JSON.stringify(message));
    const before = act ? await found() : [];
    await act?.();
    await until(title, async () => (await found()).some((message) => !before.includes(message)));
    await transcript.write(title);
  }
  /** @throws Error when it does not come within a minute */
  async function until(what: string, isThere: () => Promise<boolean>): Promise<void> {
    const giveUp = Date.now() + minute;
    while (!(await isThere())) {
      if (Date.now() > giveUp) throw new Error(`Not seen: ${what}`);
      await holly.waitForEvent(() => true, { timeout: second }).catch(() => {});
    }
  }
  const tickAt = async (time: number) => {
    const at = { ...services, now: () => time };
    await createTick(at, await buildChat(at))();
  };

  /** A film of a sample photo is before the camera. */
  async function show(sample: 3 | 4): Promise<void> {
    const clip = path.join(folder, `door-${sample}.mp4`);
    await makeClip([{ picture: await samplePicture(sample), seconds: 30 }], clip, { framesPerSecond: 10 });
    await showVideo(house, 'door.mp4', await readFile(clip), { loop: true });
  }

  /** A face in the newest pictures is taken for a guest's. */
  async function taken(name: string, similarity: number, where = box.berta): Promise<void> {
    const [guest] = await services.guests.named(name);
    const [photo] = await services.guests.photos(guest!.id);
    await until('a picture of that moment', async () =>
      Boolean(await services.recognition.picture(services.now() - 1500)),
    );
    const kinesis = new KinesisClient();
    for (const ago of [1200, 900, 600]) {
      const record = recordOf(services.now() - ago, [{ matches: [match(photo!.faceIds[0]!, similarity)] }]);
      record.FaceSearchResponse![0]!.DetectedFace!.BoundingBox = where;
      const Data = Buffer.from(JSON.stringify(record));
      await kinesis.send(new PutRecordCommand({ StreamName: names.dataStream, PartitionKey: 'door', Data }));
    }
    kinesis.destroy();
  }

  async function close(): Promise<void> {
    await phone.close();
    await Promise.all([holly, cole, gina, ander].map((one) => one.close()));
    await house.close();
  }

  return {
    house,
    services,
    holly,
    cole,
    gina,
    transcript,
    phone,
    scene,
    until,
    last,
    tickAt,
    show,
    taken,
    close,
  };
}
