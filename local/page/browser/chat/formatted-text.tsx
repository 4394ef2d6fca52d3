import type { MessageEntity } from 'grammy/types';
import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';
import { type Piece, piecesOf, safeAddress } from './entities.ts';

interface FormattedTextProps {
  readonly text: string;
  readonly entities?: readonly MessageEntity[] | undefined;
  /** Called with a command that is tapped. */
  readonly onCommand?: ((command: string) => void) | undefined;
  /** What a link does here, in place of leading elsewhere; undefined for one that leads elsewhere. */
  readonly onLink?: ((address: string) => (() => void) | undefined) | undefined;
}

type On = Pick<FormattedTextProps, 'onCommand' | 'onLink'>;

/** A message's text with its bold words, links, commands and so on. */
export function FormattedText({ text, entities, ...on }: FormattedTextProps) {
  return <span class="text">{drawAll(piecesOf(text, entities), on)}</span>;
}

function drawAll(pieces: readonly Piece[], on: On): ComponentChildren {
  return pieces.map((piece) => (typeof piece === 'string' ? piece : draw(piece, on)));
}

function draw({ entity, pieces }: Exclude<Piece, string>, on: On) {
  const inside = drawAll(pieces, on);
  const words = plain(pieces);
  switch (entity.type) {
    case 'bold':
      return <strong>{inside}</strong>;
    case 'italic':
      return <em>{inside}</em>;
    case 'underline':
      return <u>{inside}</u>;
    case 'strikethrough':
      return <s>{inside}</s>;
    case 'code':
      return <code>{inside}</code>;
    case 'pre':
      return <pre>{inside}</pre>;
    case 'blockquote':
    case 'expandable_blockquote':
      return <blockquote>{inside}</blockquote>;
    case 'spoiler':
      return <Spoiler>{inside}</Spoiler>;
    case 'text_link':
      return <Link address={entity.url}>{inside}</Link>;
    case 'url':
      return (
        <Link address={words} onLink={on.onLink}>
          {inside}
        </Link>
      );
    case 'email':
      return <Link address={`mailto:${words}`}>{inside}</Link>;
    case 'phone_number':
      return <Link address={`tel:${words}`}>{inside}</Link>;
    case 'bot_command':
      return on.onCommand ? (
        <button type="button" class="link" onClick={() => on.onCommand?.(words)}>
          {inside}
        </button>
      ) : (
        inside
      );
    case 'mention':
    case 'text_mention':
    case 'hashtag':
    case 'cashtag':
      return <span class="mention">{inside}</span>;
    default:
      return inside;
  }
}

function plain(pieces: readonly Piece[]): string {
  return pieces.map((piece) => (typeof piece === 'string' ? piece : plain(piece.pieces))).join('');
}

interface LinkProps extends Pick<On, 'onLink'> {
  readonly address: string;
  readonly children: ComponentChildren;
}

function Link({ address, children, onLink }: LinkProps) {
  const here = onLink?.(address);
  if (here)
    return (
      <button type="button" class="link" onClick={here}>
        {children}
      </button>
    );
  const href = safeAddress(address);
  if (href === undefined) return <>{children}</>;
  return (
    <a href={href} target="_blank" rel="noopener noreferrer">
      {children}
    </a>
  );
}

function Spoiler({ children }: { children: ComponentChildren }) {
  const [shown, setShown] = useState(false);
  if (shown) return <span class="spoiler shown">{children}</span>;
  return (
    <button type="button" class="spoiler" aria-label="Show hidden text" onClick={() => setShown(true)}>
      <span aria-hidden="true">{children}</span>
    </button>
  );
}
