import type { Document, Message, Update } from 'grammy/types';
import { isGuestCode } from '../../party/sign-ups/guest-links.ts';
import { photoIn, type SentPhoto } from '../enrolment/sent-photo.ts';
import { audioSong, type SentSong } from '../songs/sent-song.ts';
import {
  agreeButton,
  backButton,
  forgetMeButton,
  pickSongButton,
  profilePhotoButton,
  profileSongButton,
  refuseButton,
  shelfButton,
  surpriseButton,
} from './button-data.ts';

/** What somebody does by a link, of whom nothing is kept yet. */
export type LinkAct =
  | { readonly act: 'open'; readonly code: string }
  | { readonly act: 'agree' | 'refuse'; readonly linkId: string };

/** What somebody does who has agreed: this, and nothing else. */
export type SignUpAct =
  | { readonly act: 'profile photo' | 'profile song' | 'surprise' | 'back' }
  | { readonly act: 'photo'; readonly photo: SentPhoto }
  | { readonly act: 'music'; readonly music: SentSong }
  | { readonly act: 'file'; readonly document: Document }
  | { readonly act: 'shelf'; readonly page: number }
  | { readonly act: 'pick'; readonly songId: string }
  /** `now` is a press, or the whole command; otherwise it is asked first. */
  | { readonly act: 'forget me'; readonly now: boolean }
  /** Words, stickers and whatever else: there is one answer to it. */
  | { readonly act: 'anything' }
  /** What nobody waits for an answer to. */
  | { readonly act: 'nothing' };

export type GuestAct = LinkAct | SignUpAct;

type GuestUpdate = Pick<Update, 'message' | 'callback_query'>;

/**
 * What an update means from somebody who is no host: the whole of what a guest can do. In private only; a command of the
 * hosts' is as any words.
 */
export function guestActIn({ message, callback_query: press }: GuestUpdate): GuestAct {
  if (press) return press.message?.chat.type === 'private' ? pressed(press.data ?? '') : { act: 'nothing' };
  return message?.chat.type === 'private' ? sent(message) : { act: 'nothing' };
}

function pressed(data: string): GuestAct {
  const agreed = agreeButton.read(data);
  if (agreed) return { act: 'agree', ...agreed };
  const refused = refuseButton.read(data);
  if (refused) return { act: 'refuse', ...refused };
  const turned = shelfButton.read(data);
  if (turned) return { act: 'shelf', ...turned };
  const picked = pickSongButton.read(data);
  if (picked) return { act: 'pick', ...picked };
  if (profilePhotoButton.read(data)) return { act: 'profile photo' };
  if (profileSongButton.read(data)) return { act: 'profile song' };
  if (surpriseButton.read(data)) return { act: 'surprise' };
  if (backButton.read(data)) return { act: 'back' };
  if (forgetMeButton.read(data)) return { act: 'forget me', now: true };
  return { act: 'nothing' };
}

function sent(message: Message): GuestAct {
  const { text = '', audio, document, animation } = message;
  const [, code] = /^\/start\s+(\S+)\s*$/.exec(text) ?? [];
  if (code !== undefined && isGuestCode(code)) return { act: 'open', code };
  const [, forget] = /^\/(forget(?:[ _]?me)?)\s*$/i.exec(text) ?? [];
  if (forget) return { act: 'forget me', now: forget.length > 'forget'.length };
  const photo = photoIn(message);
  if (photo) return { act: 'photo', photo };
  if (audio) return { act: 'music', music: audioSong(audio) };
  // Telegram calls a GIF a document as well, and has made a film of it.
  if (document && !animation) return { act: 'file', document };
  return { act: 'anything' };
}

/** Whether an act is one by a link, for which nobody need have agreed to anything. */
export const isLinkAct = (act: GuestAct): act is LinkAct => 'code' in act || 'linkId' in act;
