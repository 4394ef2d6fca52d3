import type { MessageEntity } from 'grammy/types';

/** A piece of a formatted text: plain, or an entity around pieces. */
export type Piece = string | { readonly entity: MessageEntity; readonly pieces: readonly Piece[] };

/**
 * The text as a tree. Offsets are in UTF-16 code units, as JavaScript's are; entities either nest or do not
 * touch (Bot API, *MessageEntity*).
 */
export function piecesOf(text: string, entities: readonly MessageEntity[] = []): Piece[] {
  const outerFirst = entities
    .filter(({ offset, length }) => offset >= 0 && length > 0 && offset + length <= text.length)
    .sort((one, other) => one.offset - other.offset || other.length - one.length);
  return piecesBetween(text, outerFirst, 0, text.length);
}

function piecesBetween(text: string, entities: readonly MessageEntity[], from: number, to: number): Piece[] {
  const pieces: Piece[] = [];
  let at = from;
  for (const [index, entity] of entities.entries()) {
    const end = entity.offset + entity.length;
    if (entity.offset < at || end > to) continue; // Inside the entity before it, which has drawn it already.
    if (entity.offset > at) pieces.push(text.slice(at, entity.offset));
    pieces.push({ entity, pieces: piecesBetween(text, entities.slice(index + 1), entity.offset, end) });
    at = end;
  }
  if (at < to) pieces.push(text.slice(at, to));
  return pieces;
}

/** The code in a link that starts a bot (core.telegram.org/bots/features#deep-linking); undefined for any other link. */
export function startCodeIn(address: string, botUsername: string | undefined): string | undefined {
  const [, bot, code] = /^https:\/\/t\.me\/(\w+)\?start=([\w-]{1,64})$/.exec(address) ?? [];
  return bot !== undefined && bot === botUsername ? code : undefined;
}

/** Where a link may lead; anything else (such as javascript:) is shown as text. */
export function safeAddress(address: string): string | undefined {
  const full = /^[a-z][a-z0-9+.-]*:/i.test(address) ? address : `https://${address}`;
  return /^(https?|mailto|tel|tg):/i.test(full) ? full : undefined;
}
