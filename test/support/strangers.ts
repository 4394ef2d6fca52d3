import type { TestContext } from 'node:test';
import { createTick } from '../../lambdas/tick.ts';
import type { PersonMessage } from '../../local/telegram/state/messages.ts';
import { type UnknownFace, UnknownFaces } from '../../party/unknown-faces/unknown-faces.ts';
import type { Recognizer } from '../../vision/recognizer.ts';
import { chatOf } from './bot-chat.ts';
import { type BotHouse, openBotHouse, says } from './bot-house.ts';
import { type Door, doorOf } from './door.ts';
import { plainPortrait, plainRecognizer } from './plain-faces.ts';
import { type FaceInFrame, match } from './records.ts';

/** A party to whose door come some who are nobody's guests, or not yet known to be. */
export interface StrangersHouse extends BotHouse {
  readonly door: Door;
  /**
   * Somebody stands before the camera for six frames, whose face is like nobody's.
   *
   * @param left of the picture, a ratio
   */
  comes(person: number, left?: number): Promise<void>;
  /** The same, as the recognition sees somebody whose face was indexed since. */
  comesAgain(face: UnknownFace, ...more: NonNullable<FaceInFrame['matches']>): Promise<void>;
  unknown(): Promise<UnknownFace[]>;
  /** Time passes for all Lambdas, and what happens each minute does. */
  minutePasses(): Promise<void>;
  passes(milliseconds: number): void;
  /** What a message reads by now. */
  asItIs(message: PersonMessage): Promise<PersonMessage | undefined>;
}

/** Opens it, with a party on. @param chat where: the host's own if not given */
export async function openStrangersHouse(
  t: TestContext,
  {
    group,
    songs = false,
    recognizer = plainRecognizer,
    picture = plainPortrait,
  }: {
    readonly group?: string;
    readonly songs?: boolean;
    readonly recognizer?: Recognizer;
    /** The camera's of somebody, by number. */
    readonly picture?: (person: number) => Promise<Buffer>;
  } = {},
): Promise<StrangersHouse> {
  let ahead = 0;
  let person = 0;
  const house = await openBotHouse(t, {
    recognizer,
    pictures: true,
    clock: { now: () => Date.now() + ahead, ahead: 0 },
    instead: ({ recognition }) => ({
      recognition: {
        start: (until) => recognition.start(until),
        stop: () => recognition.stop(),
        status: () => recognition.status(),
        picture: () => picture(person),
      },
    }),
  });
  const { host, services } = house;
  if (songs) {
    const song = { id: 'wonder', title: 'Wonderwall', key: 'songs/wonder', fileName: 'w.mp3' };
    await services.songs.put({ ...song, contentType: 'audio/mpeg', carol: false });
  }
  const chat = group === undefined ? host.bot : (await host.createGroup(group, [])).id;
  await host.say(chat, '/start_party');
  await host.waitForMessage(says(/^The party’s on until/));
  const door = doorOf(house);
  const frames = async (face: FaceInFrame): Promise<void> => {
    for (let pair = 0; pair < 3; pair++) await door.shows(face);
  };
  const passes = (milliseconds: number): void => {
    ahead += milliseconds;
  };
  return {
    ...house,
    door,
    passes,
    comes: async (who, left = 0.4) => {
      person = who;
      await frames({ left });
    },
    comesAgain: (face, ...more) =>
      frames({ matches: [...[...(face.faceIds ?? [])].map((faceId) => match(faceId, 96)), ...more] }),
    unknown: async () => {
      const party = (await services.parties.latest())!;
      return new UnknownFaces(services.table).list(party.id);
    },
    minutePasses: async () => {
      passes(61_000);
      await createTick(services, chatOf(house))();
    },
    asItIs: async ({ chat: { id }, message_id }) =>
      (await host.messages(id)).find((one) => one.message_id === message_id),
  };
}

/** Whether a message is a card about somebody who is at the door now. */
export const asksWho = says(/^There’s someone at the door I don’t know\. Who is it\?$/);

/** The newest card, once its picture is in it. */
export const cardWithPicture = ({ host }: Pick<BotHouse, 'host'>): Promise<PersonMessage> =>
  host.waitForMessage((message) => asksWho(message) && message.photo !== undefined);
