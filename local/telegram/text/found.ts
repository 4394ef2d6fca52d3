import type { MessageEntity } from 'grammy/types';

/** Entities that Telegram finds by itself in plain text, in order of precedence. */
const patterns: ReadonlyArray<readonly [MessageEntity['type'], RegExp]> = [
  ['email', /(?<![\w.+-])[a-z0-9._%+-]+@[a-z0-9-]+(?:\.[a-z0-9-]+)*\.[a-z]{2,24}\b/gi],
  [
    'url',
    /(?<![\w@])(?:https?:\/\/[^\s<>"']+[^\s<>"'.,;:!?)\]]|(?:[a-z0-9-]+\.)+(?:com|org|net|io|dev|me|app|de|uk)\b(?:\/[^\s<>"']*[^\s<>"'.,;:!?)\]])?)/gi,
  ],
  ['bot_command', /(?<![\w/<>])\/[a-z0-9_]{1,64}(?:@[a-z0-9_]{3,32})?(?![\w/<>])/gi],
  ['mention', /(?<![\w@])@[a-z0-9_]{2,32}(?![\w@])/gi],
  ['hashtag', /(?<![\p{L}\p{N}_&#])#(?=[\p{N}_]*\p{L})[\p{L}\p{N}_]{1,256}/giu],
];
/** Inside these nothing is looked for. */
const closed = new Set<MessageEntity['type']>(['code', 'pre', 'text_link', 'text_mention', 'custom_emoji']);

/** Entities found in a text beside those that were given, none of them inside code or a link. */
export function findEntities(text: string, given: readonly MessageEntity[]): MessageEntity[] {
  const taken = given.filter((entity) => closed.has(entity.type));
  const found: MessageEntity[] = [];
  for (const [type, pattern] of patterns) {
    for (const match of text.matchAll(pattern)) {
      const entity = { type, offset: match.index, length: match[0].length } as MessageEntity;
      if (![...taken, ...found].some((other) => overlaps(entity, other))) found.push(entity);
    }
  }
  return found;
}

function overlaps(one: MessageEntity, other: MessageEntity): boolean {
  return one.offset < other.offset + other.length && other.offset < one.offset + one.length;
}
