import type { PhotoSize } from 'grammy/types';
import { summary } from './summary.ts';
import { fileUrl, type Message, nameOf } from './types.ts';

interface QuoteProps {
  /** The message that is replied to, as the reply has it. */
  readonly of: NonNullable<Message['reply_to_message']>;
  /** Leads to it. */
  readonly onGo: () => void;
}

/** What a message replies to: who said it, its picture in small, and a few words. Pressed, it leads there. */
export function Quote({ of, onGo }: QuoteProps) {
  const { photo, from } = of;
  return (
    <blockquote class="quote">
      <button type="button" onClick={onGo}>
        {photo && <img class="quote-picture" src={fileUrl(smallest(photo).file_id)} alt="" />}
        <span class="quoted">
          <span class="sender">{from ? nameOf(from) : ''}</span>
          <span>{summary(of)}</span>
        </span>
      </button>
    </blockquote>
  );
}

const smallest = (sizes: readonly PhotoSize[]): PhotoSize =>
  sizes.reduce((best, size) => (size.width < best.width ? size : best));
