import type { AlarmChange } from '../../party/alarms/alarms.ts';
import type { Arrival } from '../../party/arrivals/arrivals.ts';
import type { Chat } from '../../party/chat.ts';
import type { KeptGap } from '../../party/parties/gaps.ts';
import type { Recap } from '../../party/parties/recap.ts';

/** A chat that keeps what it is told. A test may set any of its methods to another. */
export interface KeptChat extends Chat {
  readonly arrivals: Arrival[];
  readonly pictures: Arrival[];
  readonly gaps: KeptGap[];
  /** Since when, milliseconds since 1970. */
  readonly silences: number[];
  /** The chats that were told of the clock. */
  readonly clocks: number[];
  readonly alarms: AlarmChange[];
  readonly recaps: Recap[];
  /** Why a recognition runs on. */
  readonly running: string[];
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
    running: [],
    announceArrival: async (arrival) => chat.arrivals.push(arrival),
    sendArrivalPicture: async (arrival) => void chat.pictures.push(arrival),
    reportGap: async (gap) => void chat.gaps.push(gap),
    reportSilence: async (_, since) => void chat.silences.push(since),
    reportClockOff: async (chatId) => void chat.clocks.push(chatId),
    reportAlarm: async (_, change) => void chat.alarms.push(change),
    sendRecap: async (_, recap) => void chat.recaps.push(recap),
    reportRecognitionRunning: async (_, reason) => void chat.running.push(reason),
  };
  return chat;
}
