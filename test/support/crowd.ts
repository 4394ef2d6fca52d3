import { setTimeout as delay } from 'node:timers/promises';
import type { KinesisStreamEvent } from 'aws-lambda';
import sharp from 'sharp';
import { createApi } from '../../bot/api.ts';
import { type ChatServices, createChat } from '../../bot/chat.ts';
import { createMatch } from '../../lambdas/match.ts';
import { createPictures } from '../../lambdas/pictures.ts';
import { createTick } from '../../lambdas/tick.ts';
import { telegramLimits } from '../../local/telegram/rate-limits.ts';
import type { PersonMessage } from '../../local/telegram/state/messages.ts';
import { hour, minute, second } from '../../party/clock.ts';
import { createDispatcher } from '../../party/dispatch.ts';
import { endParty } from '../../party/parties/end-party.ts';
import type { Services } from '../../party/services.ts';
import type { PictureJob } from '../../party/stores/pictures-function.ts';
import { openStand, standToken } from '../local/telegram/stand.ts';
import { keptStorage } from './kept-storage.ts';
import { partyOn } from './party.ts';
import { bytesOf, type FaceInFrame, match, recordOf } from './records.ts';
import { silentMp3 } from './silence.ts';
import { openTable } from './table.ts';
import { virtualTime } from './virtual-time.ts';

/** Many guests at once, and what becomes of their messages. */
export interface CrowdOptions {
  readonly guests: number;
  /** In how many milliseconds they come, evenly. */
  readonly within: number;
  readonly where: 'group' | 'private';
  /** Records a second; those in which nobody is new are of guests who are here. */
  readonly recordsPerSecond: number;
  /** The party ends as soon as all have come. */
  readonly ends?: boolean;
  /** Waited for no longer than this, in milliseconds. */
  readonly patience: number;
}

/** What became of them. Times are milliseconds after the first guest came. */
export interface CrowdOutcome {
  /** When each guest's name was first told. */
  readonly told: ReadonlyMap<string, number>;
  /** How many messages of each guest's own came, with a song or in words. */
  readonly arrivals: ReadonlyMap<string, number>;
  /** When each picture came. */
  readonly pictures: readonly number[];
  /** When each message of the recap came. */
  readonly recaps: readonly number[];
  /** Calls that Telegram refused, of how many. */
  readonly refused: number;
  readonly messages: readonly PersonMessage[];
}

const start = 1_795_000_000_000;
const step = second / 2;
const picturesTries = [0, minute, 2 * minute];

/**
 * Lets a crowd come to a party whose Telegram keeps its limits, in virtual time: the Lambdas that run side by side, one
 * batch of records after another, the tick every minute and the pictures with Lambda's own second and third try.
 */
export async function crowd(options: CrowdOptions): Promise<CrowdOutcome> {
  const ends: Array<() => unknown> = [];
  const owner = { after: (end: () => unknown) => ends.push(end) } as never;
  const time = virtualTime(start);
  const opened = await openTable();
  ends.push(opened.close);
  const stand = await openStand(owner, { now: time.now, limits: telegramLimits });
  try {
    const host = await stand.person('host');
    await host.say(host.bot, 'hello');
    const chatId = options.where === 'group' ? await host.group('Party') : host.bot;
    const clock = { now: time.now, pass: time.pass };
    const jpeg = await sharp({ create: { width: 320, height: 180, channels: 3, background: 'grey' } })
      .jpeg()
      .toBuffer();
    const base = partyOn(opened.table, clock);
    const works = new Set<Promise<unknown>>();
    const run = (work: Promise<unknown>): Promise<unknown> => {
      const done = work.catch(() => {}).finally(() => works.delete(done));
      works.add(done);
      return done;
    };
    const later: Array<{ readonly at: number; readonly job: PictureJob; readonly attempt: number }> = [];
    const services = {
      ...base,
      pause: time.pause,
      config: { PARTY_TZ: 'Europe/Berlin', RECOGNITION: 'video' },
      storage: keptStorage(),
      recognition: { ...base.recognition, picture: async () => jpeg },
      pictures: { ask: async (job: PictureJob) => void later.push({ at: time.now(), job, attempt: 0 }) },
    } as unknown as Services & ChatServices;
    const chat = createChat(services, createApi(standToken, stand.root, 5), stand.telegram.bot.id);
    const [handle, tick] = [createMatch(services, chat), createTick(services, chat)];
    const pictures = createPictures(services, chat, createApi(standToken, stand.root, 5));
    const picture = (job: PictureJob, attempt: number): Promise<unknown> =>
      pictures(job).catch(() => {
        const wait = picturesTries[attempt + 1];
        if (wait !== undefined) later.push({ at: time.now() + wait, job, attempt: attempt + 1 });
      });

    await services.storage.put('songs/song', silentMp3(10), 'audio/mpeg');
    const music = { title: 'Song', key: 'songs/song', fileName: 'song.mp3', contentType: 'audio/mpeg' };
    await services.songs.put({ id: 'song', ...music, carol: false });
    const names = Array.from({ length: options.guests }, (_, index) => `Guest ${index + 1}`);
    for (const [index, name] of names.entries()) {
      await services.guests.add(`g${index}`, name);
      await services.guests.setSong(`g${index}`, 'song');
      await services.people.assign(`face-${index}`, { kind: 'guest', id: `g${index}` });
    }
    const startedBy = host.person.id;
    const party = (await services.parties.start({ chatId, startedBy, endsAt: time.now() + 4 * hour }))!;
    time.pass(second);
    const began = time.now();
    let ended = !options.ends;
    let matching: Promise<unknown> | undefined;
    let nextTick = began + minute;
    let come = 0;
    const due: FaceInFrame[] = [];
    const { telegram } = stand;
    const at = telegram.chats.find(chatId)!;
    const there = (): PersonMessage[] =>
      telegram.messages
        .all(at)
        .filter(({ from }) => from.is_bot)
        .map((message) => telegram.messages.forPerson(at, message));
    const isOver = (): boolean => {
      if (come < names.length || !ended) return false;
      const messages = there();
      return (
        messages.filter(({ photo }) => photo).length === names.length &&
        names.every((name) => messages.some((message) => nameIn(message, name))) &&
        (!options.ends || messages.some(isRecap))
      );
    };
    while (time.now() - began < options.patience && !isOver()) {
      const passed = time.now() - began;
      const expected = Math.min(names.length, Math.floor((passed / options.within) * names.length));
      for (; come < expected; come++) due.push({ matches: [match(`face-${come}`, 99.9)] });
      if (come === names.length && due.length === 0 && !ended && !matching) {
        ended = true;
        run(endParty(services, createDispatcher(services, chat), party, 'asked'));
      }
      if (!matching && !(ended && options.ends)) {
        const faces = due.splice(0);
        const event = batch(time.now(), (options.recordsPerSecond * step) / second, faces);
        matching = run(handle(event, time.now())).finally(() => {
          matching = undefined;
        });
      }
      if (time.now() >= nextTick) {
        nextTick += minute;
        run(tick());
      }
      for (const job of later.filter(({ at }) => at <= time.now())) {
        later.splice(later.indexOf(job), 1);
        run(picture(job.job, job.attempt));
      }
      // Until all is done, or somebody waits for time to pass.
      await Promise.race([Promise.all(works), time.paused().then(() => delay(20))]);
      time.pass(step);
    }
    const messages = there();
    const after = (message: PersonMessage): number => message.date * second - began;
    return {
      told: new Map(
        names.flatMap((name) => {
          const first = messages.find((message) => nameIn(message, name));
          return first ? [[name, after(first)] as const] : [];
        }),
      ),
      arrivals: new Map(names.map((name) => [name, messages.filter((one) => isOwn(one, name)).length])),
      pictures: messages.filter(({ photo }) => photo).map(after),
      recaps: messages.filter(isRecap).map(after),
      refused: stand.telegram.limiter.refused,
      messages,
    };
  } finally {
    for (const end of ends.reverse()) await end();
  }
}

const isRecap = ({ text }: PersonMessage): boolean => / the party’s over|^The party’s over/.test(text ?? '');

/** Whether a message that is not the recap names a guest. */
const nameIn = (message: PersonMessage, name: string): boolean =>
  !isRecap(message) && new RegExp(`${name}(?!\\d)`).test(message.caption ?? message.text ?? '');

/** A guest's own message. */
const isOwn = ({ caption, text }: PersonMessage, name: string): boolean =>
  new RegExp(`^${name} (is here|came at)`).test(caption ?? text ?? '');

/** So many records of now, the first of which show these faces. */
function batch(now: number, size: number, faces: readonly FaceInFrame[]): KinesisStreamEvent {
  const records = Array.from({ length: Math.max(size, faces.length) }, (_, index) => {
    const face = faces[index];
    return {
      kinesis: {
        sequenceNumber: String(now + index),
        approximateArrivalTimestamp: now / second,
        data: Buffer.from(bytesOf(recordOf(now - index, face ? [face] : []))).toString('base64'),
      },
    };
  });
  return { Records: records } as unknown as KinesisStreamEvent;
}
