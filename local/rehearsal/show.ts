import { setTimeout as delay } from 'node:timers/promises';
import { type Clock, second } from '../../party/clock.ts';
import type { Services } from '../../party/services.ts';
import type { Camera } from '../camera/camera.ts';
import { walkIn } from './hall.ts';
import type { HostChat } from './host-chat.ts';
import { sampleName, rehearsalText as text } from './rehearsal.text.ts';
import { RehearsalError } from './rehearsal-error.ts';
import { guestPhoto } from './sample-people.ts';
import { Stage } from './stage.ts';
import { until } from './until.ts';

/** So long the question about somebody unknown is waited for: milliseconds. */
const questionWithin = 20 * second;

/** What is shown, to whom, and by whose hand. */
export interface ShowParts {
  readonly chat: HostChat;
  readonly camera: Pick<Camera, 'choose' | 'receive'>;
  readonly services: Pick<Services, 'parties' | 'guests' | 'settings' | 'songs' | 'now'>;
  /** Settles when all carols are made, or could not be. */
  readonly carols: () => Promise<void>;
  /** Told what happens, and where to look. */
  readonly tell: (telling: string, look: 'chat' | 'door') => void;
  /** Told the party as soon as it is on. */
  readonly onParty: (partyId: string | undefined) => Promise<void>;
  /** How long something is there to be seen before the next comes, in milliseconds; asked each time. */
  readonly pace: () => number;
  readonly signal: AbortSignal;
}

/**
 * One evening in short, by everything that a real one takes: a guest is added, a party begins, she comes, somebody else
 * comes, the party ends. The host's messages and the camera's pictures are made here; all else is the product's doing.
 *
 * @returns the milliseconds from the first picture of her whole face to her arrival in the chat
 * @throws RehearsalError when something does not come in time
 */
export async function show({
  chat,
  camera,
  services: { parties, guests, settings, songs, now },
  carols,
  tell,
  onParty,
  pace,
  signal,
}: ShowParts): Promise<number> {
  const pause = (paces: number): Promise<void> => delay(pace() * paces, undefined, { signal });
  const [photo, guestComes, strangerComes] = await Promise.all([
    guestPhoto(),
    walkIn('guestAtDoor'),
    walkIn('stranger'),
  ]);

  tell(text.photo, 'chat');
  const sent = await chat.sendPhoto(photo, sampleName);
  await chat.answer(sent, 'The bot’s word on the photo', () => true);
  if (!(await guests.list()).some(({ name }) => name === sampleName)) throw new RehearsalError(text.notUsed);
  tell(text.carol, 'chat');
  await pause(2);

  tell(text.party, 'chat');
  const stage = new Stage(camera, now);
  await stage.open();
  try {
    chat.say('/start_party 1h');
    await until('The party', async () => (await parties.on()) !== undefined, signal);
    await onParty((await parties.on())?.id);
    await chat.settled();
    await Promise.all([pause(1), aCarol(carols, songs, signal)]);

    tell(text.walksIn, 'door');
    const arrival = arrivalIn(chat, now);
    const faceSince = await stage.enter(guestComes);
    const { number, at } = await arrival;
    const took = at - faceSince;
    tell(text.here(inSeconds(took)), 'chat');
    await chat.answer(number, 'Her picture', ({ content }) => content.photo !== undefined);
    await pause(4);
    await stage.leave();
    await pause(1);

    tell(text.stranger, 'door');
    const before = chat.newest;
    await stage.enter(strangerComes);
    const isAsked = (await settings.readNow()).unknownFaces && (await isAskedWhoItIs(chat, before));
    if (isAsked) tell(text.whoIsIt, 'chat');
    await pause(4);

    tell(text.ending, 'chat');
    chat.say('/end_party');
    await until('The end of the party', async () => (await parties.latest()) === undefined, signal);
    await chat.settled();
    await pause(1);
    return took;
  } finally {
    await stage.close();
  }
}

/** A computer that looks too seldom asks nobody: the evening goes on without. */
async function isAskedWhoItIs(chat: HostChat, after: number): Promise<boolean> {
  const question = chat.answer(after, 'The question who it is', () => true, questionWithin);
  return await question.then(
    () => true,
    (error: unknown) => {
      if (error instanceof RehearsalError) return false;
      throw error;
    },
  );
}

/** Waits for the first carol: in a new house they are just being made. */
async function aCarol(
  carols: ShowParts['carols'],
  songs: Services['songs'],
  signal: AbortSignal,
): Promise<void> {
  let areMade = false;
  carols()
    .catch(() => {})
    .finally(() => {
      areMade = true;
    });
  await until('A carol', async () => areMade || (await songs.carols()).length > 0, signal);
}

/** The message that says she is here, and when it came. It may come before she has stopped walking. */
function arrivalIn(chat: HostChat, now: Clock): Promise<{ number: number; at: number }> {
  const arrival = chat
    .answer(chat.newest, 'Her arrival', ({ content }) => content.audio !== undefined)
    .then(({ message_id: number }) => ({ number, at: now() }));
  arrival.catch(() => {});
  return arrival;
}

/** To one decimal. */
export const inSeconds = (milliseconds: number): string => (milliseconds / 1000).toFixed(1);
