import type { AlarmChange } from './alarms/alarms.ts';
import type { Arrival } from './arrivals/arrivals.ts';
import type { Place } from './outbox/message.ts';
import type { KeptGap } from './parties/gaps.ts';
import type { InterruptionCause } from './parties/interruptions.ts';
import type { PhotosGone } from './parties/notices.ts';
import type { Slowness } from './parties/party.ts';
import type { Recap } from './parties/recap.ts';
import type { RecapPicture } from './parties/recap-picture.ts';
import type { ShownStart } from './parties/shown-start.ts';
import type { ProducerAlert } from './recognition/pulse.ts';
import type { SignUp } from './sign-ups/sign-ups.ts';
import type { Song } from './songs/songs.ts';
import type { UnsentSong } from './songs/unsent-song.ts';
import type { SentCard, UnknownCard } from './unknown-faces/cards.ts';
import type { UnknownFace } from './unknown-faces/unknown-faces.ts';

/**
 * All that people are told unasked: the port behind which a messenger and its words are.
 *
 * Each of these returns when the message is in the chat. It throws NotSentError when the message surely is not there,
 * and says why where that matters: TooManyMessagesError, ChatMovedError, ChatGoneError. UnsendableError says that it
 * never will be there. Any other error leaves open whether it is.
 */
export interface Chat {
  /**
   * A guest is here; or came, when that was a while ago.
   *
   * @param arrival goes to its place
   * @param song plays with the message; without one, or when it cannot be sent, words have to do
   * @returns the message's id
   */
  announceArrival(arrival: Arrival, song: Song | undefined): Promise<number>;

  /** Several guests are here, whose own messages follow. */
  announceTogether(place: Place, arrivals: readonly Arrival[]): Promise<void>;

  /**
   * The camera's picture of an arrival, as a reply to the message that announced it.
   *
   * @param arrival the picture goes to its place
   * @param jpeg the picture as people are to see it
   * @returns the message's id
   */
  sendArrivalPicture(arrival: Arrival, jpeg: Uint8Array): Promise<number>;

  /** From when to when nobody watched the door, now that it is watched again. It goes to the gap's place. */
  reportGap(gap: KeptGap): Promise<void>;

  /**
   * The camera has sent nothing for a while.
   *
   * @param since milliseconds since 1970
   * @param cause undefined where it is not known
   */
  reportSilence(place: Place, since: number, cause?: InterruptionCause): Promise<void>;

  /** The camera computer's clock is wrong. */
  reportClockOff(place: Place): Promise<void>;

  /** An alarm has gone off, or is over. */
  reportAlarm(place: Place, change: AlarmChange): Promise<void>;

  /** In private, to the host of a party: its place cannot be written to, so its messages come here. */
  reportChatGone(place: Place, gone: Place): Promise<void>;

  /**
   * A party is over: who came, and who did not. It may take several messages.
   *
   * @param told so many of them are there already
   * @param mark called with how many are, after each
   */
  sendRecap(place: Place, recap: Recap, told: number, mark: (told: number) => Promise<void>): Promise<void>;

  /** Who came to a party that is over, as one picture; in private, or where the host has shared it. */
  sendRecapPicture(place: Place, picture: RecapPicture): Promise<void>;

  /** In private, to the host of a party: a guest's song could not be sent, and is to be sent anew. */
  reportUnsentSong(place: Place, unsent: UnsentSong): Promise<void>;

  /** In private, to the host of a party: it ends soon, and can go on. @param endsAt milliseconds since 1970 */
  reportEndsSoon(place: Place, partyId: string, endsAt: number): Promise<void>;

  /** In private, at noon after a party: are the faces to be forgotten? */
  askMorningAfter(place: Place): Promise<void>;

  /** In private, to whoever started the last party: photos were deleted, for they were kept as long as was set. */
  reportPhotosGone(place: Place, gone: PhotosGone): Promise<void>;

  /** How a party's start goes, written over the message that said so last. It may be told again. */
  showStart(shown: ShownStart): Promise<void>;

  /** In private, to whoever started a party: what can still be mended before the guests come, if anything. */
  reportBeforeTheyCome(userId: number): Promise<void>;

  /**
   * In private, to the host of a party: the door is looked at too seldom for anybody to be recognised; or was, until
   * then.
   */
  reportSlowness(place: Place, slow: Slowness): Promise<void>;

  /** In private, to the host of a party: a guest's face has not moved since it began, and is taken for a picture. */
  reportStill(place: Place, name: string): Promise<void>;

  /** In private, to the host of a party: what the producer beside the camera does costs money, or is not the host's. */
  reportProducerAlert(place: Place, alert: ProducerAlert): Promise<void>;

  /** In private, to a host: who is this at the door? @returns the message's id */
  askWhoItIs(place: Place, card: UnknownCard): Promise<number>;

  /** A card that was sent says what is known by now, in its place. */
  showWhoItIs(sent: SentCard, card: UnknownCard): Promise<void>;

  /** In private, to a host: there are more unknown faces than one wants to be asked about. @returns the message's id */
  tellMoreUnknown(place: Place, faces: readonly UnknownFace[]): Promise<number>;

  /** In private, to a host: somebody has added themselves. Are they welcome? @returns the message's id */
  askToWelcome(place: Place, signUp: SignUp): Promise<number>;

  /** A party is over, but its recognition does not stop. @param reason a sentence without its full stop, for the host */
  reportRecognitionRunning(place: Place, reason: string): Promise<void>;
}
