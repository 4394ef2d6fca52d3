import type { Chat } from '../chat.ts';
import type { Clock } from '../clock.ts';
import { OvertakenError } from '../errors.ts';
import type { Counted } from '../forget/forget.ts';
import type { Deliver } from '../outbox/deliveries.ts';
import { goneNoticeKey } from '../outbox/destinations.ts';
import type { Message, Place } from '../outbox/message.ts';
import type { ProducerAlert } from '../recognition/pulse.ts';
import type { UnsentSong } from '../songs/unsent-song.ts';
import { hostPlace, type Party, partyPartition, type Slowness } from './party.ts';

/** Photos of guests were deleted, for they were kept as long as a host has set. */
export interface PhotosGone {
  /** So long after the party, milliseconds. */
  readonly kept: number;
  readonly removed: Counted;
  /** Whether nothing of them was there any more afterwards. */
  readonly isClear: boolean;
}

/** What is told once in a party. */
export type Notice =
  /** The camera computer's clock is wrong. */
  | { readonly what: 'clock' }
  /** The party is over, but its recognition does not stop. @see Chat.reportRecognitionRunning */
  | { readonly what: 'runs on'; readonly reason: string }
  /** It was over yesterday. @see Chat.askMorningAfter */
  | { readonly what: 'morning after' }
  /** @see Chat.reportPhotosGone */
  | ({ readonly what: 'photos gone' } & PhotosGone)
  /** Of the producer beside the camera. @see Chat.reportProducerAlert */
  | { readonly what: 'producer'; readonly alert: ProducerAlert }
  /** The door is looked at too seldom, or is again often enough. @see Chat.reportSlowness */
  | { readonly what: 'too slow'; readonly slow: Slowness }
  /** A guest's face has not moved since the party began. @see Chat.reportStill */
  | { readonly what: 'still'; readonly guestId: string; readonly name: string }
  /** The party ends soon. @see Chat.reportEndsSoon */
  | { readonly what: 'ends soon'; readonly partyId: string; readonly endsAt: number };

/** What is told to a host in private: a chat cannot be written to any more. */
interface ChatGoneItem {
  readonly what: 'chat gone';
  readonly gone: Place;
}

/** What is told to a host in private: a guest's song could not be sent. */
type SongNotSentItem = UnsentSong & { readonly what: 'song not sent' };

/**
 * A notice to a party's host.
 *
 * @param time orders it among what waits for its chat, milliseconds since 1970. Whoever is to be told once may be told by
 * many, minute after minute: it must be the same each time, or in a chat that is held each would wait for itself
 */
export function noticeMessage(party: Party, notice: Notice, time: number): Message {
  return {
    kind: 'notice',
    key: { pk: partyPartition(party.id), sk: `notice#${notice.what}` },
    place: hostPlace(party),
    time,
    details: { ...notice },
  };
}

/** Tells a place's host that it cannot be written to, and that its messages come in private from now on. */
export function chatGoneMessage(gone: Place, now: Clock): Message {
  return {
    kind: 'notice',
    key: goneNoticeKey(gone),
    place: { chatId: gone.hostId! },
    time: now(),
    details: { what: 'chat gone', gone } satisfies ChatGoneItem,
  };
}

/** What telling notices needs of the chat. */
export type NoticeChat = Pick<
  Chat,
  | 'reportClockOff'
  | 'reportRecognitionRunning'
  | 'reportProducerAlert'
  | 'reportSlowness'
  | 'reportStill'
  | 'reportEndsSoon'
  | 'reportChatGone'
  | 'reportUnsentSong'
  | 'askMorningAfter'
  | 'reportPhotosGone'
>;

/** Of all that a chat can be told, the notices, for whoever sends only these besides something of its own. */
export function noticesOf(chat: NoticeChat): NoticeChat {
  const { reportClockOff, reportRecognitionRunning, reportProducerAlert, reportEndsSoon } = chat;
  const { reportSlowness, reportStill, reportChatGone, reportUnsentSong } = chat;
  const { askMorningAfter, reportPhotosGone } = chat;
  return {
    reportClockOff,
    reportRecognitionRunning,
    reportProducerAlert,
    reportSlowness,
    reportStill,
    reportEndsSoon,
    reportChatGone,
    reportUnsentSong,
    askMorningAfter,
    reportPhotosGone,
  };
}

export function deliverNotice({ now }: { readonly now: Clock }, chat: NoticeChat): Deliver {
  return async (notice: Notice | ChatGoneItem | SongNotSentItem, place) => {
    switch (notice.what) {
      case 'clock':
        return chat.reportClockOff(place);
      case 'runs on':
        return chat.reportRecognitionRunning(place, notice.reason);
      case 'producer':
        return chat.reportProducerAlert(place, notice.alert);
      case 'too slow':
        return chat.reportSlowness(place, notice.slow);
      case 'still':
        return chat.reportStill(place, notice.name);
      case 'ends soon':
        if (notice.endsAt <= now()) throw new OvertakenError('The party is over.');
        return chat.reportEndsSoon(place, notice.partyId, notice.endsAt);
      case 'morning after':
        return chat.askMorningAfter(place);
      case 'photos gone':
        return chat.reportPhotosGone(place, notice);
      case 'chat gone':
        return chat.reportChatGone(place, notice.gone);
      case 'song not sent':
        return chat.reportUnsentSong(place, notice);
    }
  };
}
