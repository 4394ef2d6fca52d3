import type { MessageEntity } from 'grammy/types';
import { bytes, cannotParse, type FormattedText, linkEntity } from './formatted.ts';

interface OpenTag {
  readonly name: string;
  readonly attributes: ReadonlyMap<string, string>;
  /** Where its text begins in what has been written so far. */
  readonly offset: number;
}

const simpleTags: Readonly<
  Record<string, 'bold' | 'italic' | 'underline' | 'strikethrough' | 'spoiler' | 'code'>
> = {
  b: 'bold',
  strong: 'bold',
  i: 'italic',
  em: 'italic',
  u: 'underline',
  ins: 'underline',
  s: 'strikethrough',
  strike: 'strikethrough',
  del: 'strikethrough',
  'tg-spoiler': 'spoiler',
  span: 'spoiler',
  code: 'code',
};
const others = new Set(['a', 'pre', 'blockquote']);
const named: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"' };
const attribute = /\s*([^\s=>/"']+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s>"']+)))?/y;

/**
 * Reads `parse_mode: 'HTML'` (Bot API, *HTML style*), as strictly as Telegram: a tag that it does not know, or
 * that does not close, is an error.
 * @throws BotApiError 400 "can't parse entities: …"
 */
export function parseHtml(html: string): FormattedText {
  const open: OpenTag[] = [];
  const entities: MessageEntity[] = [];
  let text = '';
  let at = 0;
  while (at < html.length) {
    const next = html.indexOf('<', at);
    text += decode(html.slice(at, next === -1 ? html.length : next));
    if (next === -1) break;
    const tag = readTag(html, next);
    at = tag.end;
    if (!tag.closing) {
      open.push({ name: tag.name, attributes: tag.attributes, offset: text.length });
      continue;
    }
    const begun = open.pop();
    if (begun === undefined) throw cannotParse(`Unexpected end tag at byte offset ${bytes(html, next)}`);
    if (tag.name !== '' && tag.name !== begun.name) {
      const offset = bytes(html, next);
      throw cannotParse(
        `Unmatched end tag at byte offset ${offset}, expected "</${begun.name}>", found "</${tag.name}>"`,
      );
    }
    const entity = entityOf(begun, text, open.at(-1));
    if (entity !== undefined && !isRepeated(entity, entities.at(-1))) entities.push(entity);
  }
  const unclosed = open.pop();
  if (unclosed) throw cannotParse(`Can't find end tag corresponding to start tag "${unclosed.name}"`);
  return { text, entities };
}

function readTag(html: string, start: number) {
  const closing = html[start + 1] === '/';
  const nameStart = start + (closing ? 2 : 1);
  const rest = /^[^\s>]*/.exec(html.slice(nameStart))?.[0] ?? '';
  const name = rest.toLowerCase();
  let at = nameStart + rest.length;
  const attributes = new Map<string, string>();
  if (at >= html.length) {
    throw cannotParse(`Unclosed ${closing ? 'end' : 'start'} tag at byte offset ${bytes(html, start)}`);
  }
  if (!closing && !(name in simpleTags) && !others.has(name)) {
    throw cannotParse(`Unsupported start tag "${name}" at byte offset ${bytes(html, start)}`);
  }
  for (;;) {
    at += /^\s*/.exec(html.slice(at))?.[0].length ?? 0;
    if (html[at] === '>') break;
    attribute.lastIndex = at;
    const found = closing ? null : attribute.exec(html);
    if (found === null)
      throw cannotParse(`Unclosed start tag "${name}" at byte offset ${bytes(html, start)}`);
    attributes.set((found[1] ?? '').toLowerCase(), decode(found[2] ?? found[3] ?? found[4] ?? ''));
    at = attribute.lastIndex;
  }
  if (name === 'span' && !closing && attributes.get('class') !== 'tg-spoiler') {
    throw cannotParse(`Tag "span" must have class "tg-spoiler" at byte offset ${bytes(html, start)}`);
  }
  return { name, closing, attributes, end: at + 1 };
}

function entityOf(tag: OpenTag, text: string, parent: OpenTag | undefined): MessageEntity | undefined {
  const { offset } = tag;
  const length = text.length - offset;
  if (length === 0) return undefined;
  const simple = simpleTags[tag.name];
  if (tag.name === 'code' && parent?.name === 'pre' && parent.offset === offset) {
    const language = tag.attributes.get('class')?.replace(/^language-/, '');
    return language ? { type: 'pre', offset, length, language } : undefined;
  }
  if (simple !== undefined) return { type: simple, offset, length };
  if (tag.name === 'pre') return { type: 'pre', offset, length };
  if (tag.name === 'blockquote') {
    return {
      type: tag.attributes.has('expandable') ? 'expandable_blockquote' : 'blockquote',
      offset,
      length,
    };
  }
  return linkEntity(tag.attributes.get('href') ?? text.slice(offset), offset, length);
}

/** `<pre><code class="language-x">` is one entity, made when its `code` closes. */
function isRepeated(entity: MessageEntity, last: MessageEntity | undefined): boolean {
  return (
    entity.type === 'pre' &&
    last?.type === 'pre' &&
    last.offset === entity.offset &&
    last.length === entity.length
  );
}

function decode(text: string): string {
  return text.replace(/&(?:#(\d{1,7})|#x([0-9a-f]{1,6})|([a-z]+));/gi, (whole, decimal, hex, name) => {
    if (name !== undefined) return named[name] ?? whole;
    const code = decimal === undefined ? Number.parseInt(hex, 16) : Number(decimal);
    return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : whole;
  });
}
