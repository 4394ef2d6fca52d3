import type { Message } from './types.ts';

type Summed = Pick<Message, 'text' | 'caption' | 'photo' | 'audio' | 'video' | 'voice' | 'document'>;

/** A message in a few words, for quotes. */
export function summary(message: Summed): string {
  const { text, caption, photo, audio, video, voice, document } = message;
  if (text) return text;
  if (caption) return caption;
  if (audio) return audio.title ? [audio.performer, audio.title].filter(Boolean).join(' – ') : 'Music';
  if (photo) return 'Photo';
  if (video) return 'Video';
  if (voice) return 'Voice message';
  return document?.file_name ?? 'Message';
}
