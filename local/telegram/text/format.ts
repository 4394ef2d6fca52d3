import type { MessageEntity } from 'grammy/types';
import { badRequest } from '../errors.ts';
import type { FormattedText } from './formatted.ts';
import { findEntities } from './found.ts';
import { parseHtml } from './html.ts';
import { parseMarkdownV2 } from './markdown.ts';

/** Most UTF-16 code units of a message's text and of a caption, after entities are parsed (Bot API, sendMessage). */
export const maxText = 4096;
export const maxCaption = 1024;

const entityTypes = new Set<MessageEntity['type']>([
  ...([
    'mention',
    'hashtag',
    'cashtag',
    'bot_command',
    'url',
    'email',
    'phone_number',
    'bold',
    'italic',
  ] as const),
  ...([
    'underline',
    'strikethrough',
    'spoiler',
    'blockquote',
    'expandable_blockquote',
    'code',
    'pre',
  ] as const),
  ...(['text_link', 'text_mention', 'custom_emoji'] as const),
]);

/**
 * A text as Telegram keeps it: parsed by its mode or with the entities given, trimmed, and with commands,
 * mentions, links and hashtags found.
 * @throws BotApiError 400 when the text does not follow its mode or the entities do not fit the text.
 */
export function formatText(raw: string, mode: string | undefined, given: unknown): FormattedText {
  const parsed = trim(parse(raw.replaceAll('\r', ''), mode, given));
  const entities = [...parsed.entities, ...findEntities(parsed.text, parsed.entities)];
  entities.sort((one, other) => one.offset - other.offset || other.length - one.length);
  return { text: parsed.text, entities };
}

function parse(raw: string, mode: string | undefined, given: unknown): FormattedText {
  switch (mode?.toLowerCase()) {
    case 'html':
      return parseHtml(raw);
    case 'markdownv2':
      return parseMarkdownV2(raw);
    case undefined:
    case '':
      return { text: raw, entities: checkEntities(raw, given) };
    default:
      throw badRequest('unsupported parse_mode');
  }
}

function checkEntities(text: string, given: unknown): MessageEntity[] {
  if (given === undefined) return [];
  if (!Array.isArray(given)) throw badRequest("can't parse entities: expected an Array of MessageEntity");
  return given.map((entity: Partial<MessageEntity> | null) => {
    const { type, offset, length } = entity ?? {};
    if (type === undefined || !entityTypes.has(type)) throw badRequest('unsupported entity type specified');
    if (!isWhole(offset) || !isWhole(length))
      throw badRequest("can't parse MessageEntity: wrong offset or length");
    if (offset + length > text.length) {
      const end = offset + length;
      throw badRequest(
        `entity beginning at UTF-16 offset ${offset} ends after the end of the text at UTF-16 offset ${end}`,
      );
    }
    if (type === 'text_link' && !URL.canParse((entity as { url?: string }).url ?? '')) {
      throw badRequest('wrong HTTP URL specified');
    }
    return entity as MessageEntity;
  });
}

/** Blanks at both ends go, as in Telegram; entities shrink with the text. */
function trim({ text, entities }: FormattedText): FormattedText {
  const start = text.length - text.trimStart().length;
  const trimmed = text.trim();
  const kept = entities.flatMap((entity) => {
    const from = Math.max(entity.offset - start, 0);
    const to = Math.min(entity.offset + entity.length - start, trimmed.length);
    return to > from ? [{ ...entity, offset: from, length: to - from }] : [];
  });
  return { text: trimmed, entities: kept };
}

function isWhole(value: unknown): value is number {
  return Number.isInteger(value) && (value as number) >= 0;
}
