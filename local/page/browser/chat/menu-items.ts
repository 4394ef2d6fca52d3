import { inWords } from '../http.ts';
import { notify } from '../notices.tsx';
import { largest } from './media.tsx';
import type { MenuItem } from './message-menu.tsx';
import { printPicture } from './print.ts';
import { shownWords } from './shown-words.ts';
import { fileUrl, type Message } from './types.ts';

interface Doing {
  readonly onReply: (message: Message) => void;
  readonly onEdit: (message: Message) => void;
  readonly onDelete: (messages: readonly Message[]) => void;
}

/**
 * What can be done with a message.
 *
 * @param messages one, or those of an album
 */
export function menuItems(
  messages: readonly Message[],
  mine: boolean,
  { onReply, onEdit, onDelete }: Doing,
): MenuItem[] {
  const last = messages.at(-1)!;
  const worded = messages.find(({ text, caption }) => text ?? caption);
  const words = worded && shownWords(worded).text;
  return [
    { label: 'Reply', act: () => onReply(last) },
    ...(words ? [{ label: 'Copy text', act: () => copy(words) }] : []),
    ...(mine ? [{ label: 'Edit', act: () => onEdit(worded ?? messages[0]!) }] : []),
    ...messages.flatMap((message, index) => {
      const file = fileOf(message);
      const which = messages.length > 1 ? ` ${index + 1}` : '';
      if (!file) return [];
      const saved = { label: `Save ${file.kind}${which}`, act: () => save(file) };
      if (file.kind !== 'photo') return [saved];
      return [saved, { label: `Print photo${which}`, act: () => printPicture(fileUrl(file.id), words) }];
    }),
    // As Telegram has it: in a private chat the bot's messages, too.
    ...(mine || last.chat.type === 'private'
      ? [{ label: 'Delete for everyone', act: () => onDelete(messages), isFinal: true as const }]
      : []),
  ];
}

interface SavedFile {
  readonly kind: 'photo' | 'music' | 'video' | 'file';
  readonly id: string;
  readonly name: string;
}

function fileOf({ photo, audio, video, document, message_id }: Message): SavedFile | undefined {
  if (photo) return { kind: 'photo', id: largest(photo).file_id, name: `photo-${message_id}.jpg` };
  if (audio)
    return { kind: 'music', id: audio.file_id, name: audio.file_name ?? `${audio.title ?? 'music'}.mp3` };
  if (video) return { kind: 'video', id: video.file_id, name: video.file_name ?? `video-${message_id}.mp4` };
  return document && { kind: 'file', id: document.file_id, name: document.file_name ?? 'file' };
}

function copy(words: string): void {
  navigator.clipboard.writeText(words).then(
    () => notify('Copied.'),
    (error) => notify(inWords(error), 'error'),
  );
}

function save({ id, name }: SavedFile): void {
  const link = document.createElement('a');
  link.href = fileUrl(id);
  link.download = name;
  link.click();
}
