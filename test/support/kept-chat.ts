import type { AlarmChange } from '../../party/alarms/alarms.ts';
import type { Arrival } from '../../party/arrivals/arrivals.ts';
import type { Chat } from '../../party/chat.ts';
import type { KeptGap } from '../../party/parties/gaps.ts';
import type { Slowness } from '../../party/parties/party.ts';
import type { Recap } from '../../party/parties/recap.ts';
import type { RecapPicture } from '../../party/parties/recap-picture.ts';
import type { StartState } from '../../party/parties/shown-start.ts';
import type { ProducerAlert } from '../../party/recognition/pulse.ts';

/** A chat that keeps what it is told. A test may set any of its methods to another. */
export interface KeptChat extends Chat {
  readonly arrivals: Arrival[];
  /** The names that were told together. */
  readonly together: string[][];
  readonly pictures: Arrival[];
  readonly gaps: KeptGap[];
  /** Since when, milliseconds since 1970. */
  readonly silences: number[];
  /** The chats that were told of the clock. */
  readonly clocks: number[];
  readonly alarms: AlarmChange[];
  readonly recaps: Recap[];
  readonly recapPictures: RecapPicture[];
  /** The ends that hosts were told of. */
  readonly ends: number[];
  /** Who was asked whether the faces are to be forgotten. */
  readonly mornings: number[];
  /** How far starts were said to be. */
  readonly starts: StartState[];
  /** What hosts were told of the producer. */
  readonly alerts: ProducerAlert[];
  /** When the door was looked at too seldom, as hosts were told. */
  readonly slow: Slowness[];
  /** Whose faces are taken for pictures. */
  readonly still: string[];
  /** Why a recognition runs on. */
  readonly running: string[];
  /** The chats that cannot be written to, as their hosts were told. */
  readonly gone: number[];
  /** The titles of songs that could not be sent. */
  readonly unsent: string[];
}

export function keptChat(): KeptChat {
  const chat: KeptChat = {
    arrivals: [],
    pictures: [],
    gaps: [],
    silences: [],
    clocks: [],
    alarms: [],
    recaps: [],
    recapPictures: [],
    ends: [],
    starts: [],
    mornings: [],
    alerts: [],
    slow: [],
    still: [],
    running: [],
    gone: [],
    unsent: [],
    together: [],
    announceArrival: async (arrival) => chat.arrivals.push(arrival),
    announceTogether: async (_, arrivals) => void chat.together.push(arrivals.map(({ name }) => name)),
    sendArrivalPicture: async (arrival) => chat.pictures.push(arrival),
    reportGap: async (gap) => void chat.gaps.push(gap),
    reportSilence: async (_, since) => void chat.silences.push(since),
    reportClockOff: async ({ chatId }) => void chat.clocks.push(chatId),
    reportAlarm: async (_, change) => void chat.alarms.push(change),
    async sendRecap(_, recap, told, mark) {
      chat.recaps.push(recap);
      await mark(told + 1);
    },
    sendRecapPicture: async (_, picture) => void chat.recapPictures.push(picture),
    reportUnsentSong: async (_, { title }) => void chat.unsent.push(title),
    reportChatGone: async (_, gone) => void chat.gone.push(gone.chatId),
    reportEndsSoon: async (_, __, endsAt) => void chat.ends.push(endsAt),
    showStart: async ({ start }) => void chat.starts.push(start),
    reportBeforeTheyCome: async () => {},
    askMorningAfter: async ({ chatId }) => void chat.mornings.push(chatId),
    reportPhotosGone: async () => {},
    reportProducerAlert: async (_, alert) => void chat.alerts.push(alert),
    reportStill: async (_, name) => void chat.still.push(name),
    reportSlowness: async (_, slow) => void chat.slow.push(slow),
    askWhoItIs: async () => 1,
    showWhoItIs: async () => {},
    tellMoreUnknown: async () => 1,
    askToWelcome: async () => 1,
    reportRecognitionRunning: async (_, reason) => void chat.running.push(reason),
  };
  return chat;
}
