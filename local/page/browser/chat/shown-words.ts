import type { Message } from './types.ts';

type Words = Pick<Message, 'text' | 'caption' | 'entities' | 'caption_entities'>;

/** What a message says, as it is shown: the code that a link starts the bot with is for no eyes. */
export function shownWords({ text, caption, entities, caption_entities }: Words) {
  if (text !== undefined && /^\/start \S+$/.test(text)) return { text: 'Start' };
  return { text: text ?? caption ?? '', entities: entities ?? caption_entities };
}
