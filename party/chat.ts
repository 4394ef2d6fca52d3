import type { AlarmChange } from './alarms/alarms.ts';
import type { Arrival } from './arrivals/arrivals.ts';
import type { KeptGap } from './parties/gaps.ts';
import type { Recap } from './parties/recap.ts';
import type { Song } from './songs/songs.ts';

/**
 * All that people are told unasked: the port behind which a messenger and its words are.
 *
 * Each of these returns when the message is in the chat. It throws NotSentError when the message surely is not there,
 * ChatGoneError (which is one) when the chat is not there either; any other error leaves open whether it is.
 */
export interface Chat {
  /**
   * A guest is here.
   *
   * @param song plays with the message; without one, or when it cannot be sent, words have to do
   * @returns the message's id
   */
  announceArrival(arrival: Arrival, song: Song | undefined): Promise<number>;

  /**
   * The camera's picture of an arrival, as a reply to the message that announced it.
   *
   * @param jpeg the picture as people are to see it
   */
  sendArrivalPicture(arrival: Arrival, jpeg: Uint8Array): Promise<void>;

  /** From when to when nobody watched the door, now that it is watched again. */
  reportGap(gap: KeptGap): Promise<void>;

  /** The camera has sent nothing for a while. @param since milliseconds since 1970 */
  reportSilence(chatId: number, since: number): Promise<void>;

  /** The camera computer's clock is wrong. */
  reportClockOff(chatId: number): Promise<void>;

  /** An alarm has gone off, or is over. */
  reportAlarm(chatId: number, change: AlarmChange): Promise<void>;

  /** A party is over: who came, and who did not. It may take several messages. */
  sendRecap(chatId: number, recap: Recap): Promise<void>;

  /** A party is over, but its recognition does not stop. @param reason a sentence without its full stop, for the host */
  reportRecognitionRunning(chatId: number, reason: string): Promise<void>;
}
