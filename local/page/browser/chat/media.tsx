import type { PhotoSize } from 'grammy/types';
import { FileIcon } from '../icons.tsx';
import { AudioPlayer } from './audio-player.tsx';
import { fileUrl, type Message } from './types.ts';

interface MediaProps {
  readonly message: Message;
  readonly onEnlarge: (message: Message) => void;
}

/** What a message carries besides words: photo, song, video, voice or file. */
export function Media({ message, onEnlarge }: MediaProps) {
  const { photo, audio, voice, video, document } = message;
  if (photo) return <Photo message={message} onEnlarge={onEnlarge} />;
  if (audio) {
    const title = audio.title ?? audio.file_name ?? 'Music';
    return (
      <AudioPlayer
        message={message}
        fileId={audio.file_id}
        title={title}
        performer={audio.performer}
        duration={audio.duration}
      />
    );
  }
  if (voice) {
    const { file_id: fileId, duration } = voice;
    return <AudioPlayer message={message} fileId={fileId} title="Voice message" duration={duration} />;
  }
  if (video) {
    return (
      // biome-ignore lint/a11y/useMediaCaption: a person's own video has no captions
      <video class="video" src={fileUrl(video.file_id)} controls preload="metadata" />
    );
  }
  if (document) {
    const name = document.file_name ?? 'File';
    return (
      <a class="document" href={fileUrl(document.file_id)} download={name}>
        <span class="document-icon">
          <FileIcon />
        </span>
        <span>
          <span class="title">{name}</span>
          <span class="performer">{sizeOf(document.file_size)}</span>
        </span>
      </a>
    );
  }
  return null;
}

/** The largest size of a photo. */
export const largest = (sizes: readonly PhotoSize[]): PhotoSize =>
  sizes.reduce((best, size) => (size.width > best.width ? size : best));

/** A size this long will do on a fine screen, in pixels. */
const enough = 700;

function Photo({ message, onEnlarge }: MediaProps) {
  const sizes = message.photo ?? [];
  const shown = sizes.find(({ width, height }) => Math.max(width, height) >= enough) ?? largest(sizes);
  return (
    <button type="button" class="photo" aria-label="Enlarge the photo" onClick={() => onEnlarge(message)}>
      <img
        src={fileUrl(shown.file_id)}
        // From these its place is known before it is loaded.
        style={{ '--width': `${shown.width}px`, '--ratio': shown.width / shown.height }}
        alt={message.caption ? `Photo: ${message.caption}` : 'Photo'}
      />
    </button>
  );
}

function sizeOf(bytes: number | undefined): string {
  if (bytes === undefined) return '';
  return bytes < 1024 ** 2 ? `${Math.ceil(bytes / 1024)} kB` : `${(bytes / 1024 ** 2).toFixed(1)} MB`;
}
