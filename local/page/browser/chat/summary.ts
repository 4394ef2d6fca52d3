import { shownWords } from './shown-words.ts';
import type { Message } from './types.ts';

type Summed = Pick<
  Message,
  'text' | 'caption' | 'photo' | 'audio' | 'video' | 'voice' | 'document' | 'users_shared'
>;

/** A message in a few words, for quotes. */
export function summary(message: Summed): string {
  const { text, caption, photo, audio, video, voice, document, users_shared } = message;
  if (text) return shownWords({ text }).text;
  if (caption) return caption;
  if (audio) return audio.title ? [audio.performer, audio.title].filter(Boolean).join(' – ') : 'Music';
  if (photo) return 'Photo';
  if (video) return 'Video';
  if (users_shared) return users_shared.users.length === 1 ? 'Contact' : 'Contacts';
  if (voice) return 'Voice message';
  return document?.file_name ?? 'Message';
}
