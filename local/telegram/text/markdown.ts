import type { MessageEntity } from 'grammy/types';
import { bytes, cannotParse, type FormattedText, linkEntity } from './formatted.ts';

type Kind =
  | 'Bold'
  | 'Italic'
  | 'Underline'
  | 'Strikethrough'
  | 'Spoiler'
  | 'Code'
  | 'Pre'
  | 'TextUrl'
  | 'BlockQuote';

interface Begun {
  readonly kind: Kind;
  readonly mark: string;
  readonly offset: number;
  /** Where it began in the source. */
  readonly source: number;
  readonly language?: string;
}

const reserved = new Set('_*[]()~`>#+-=|{}.!');
/** Longer marks first: `__` is not two `_`. */
const marks: ReadonlyArray<readonly [mark: string, kind: Kind]> = [
  ['```', 'Pre'],
  ['__', 'Underline'],
  ['||', 'Spoiler'],
  ['*', 'Bold'],
  ['_', 'Italic'],
  ['~', 'Strikethrough'],
  ['`', 'Code'],
];

/**
 * Reads `parse_mode: 'MarkdownV2'` (Bot API, *MarkdownV2 style*): every reserved character that is not part
 * of a style must be escaped. Custom emoji, dates and expandable quotes are not read here.
 * @throws BotApiError 400 "can't parse entities: …"
 */
export function parseMarkdownV2(source: string): FormattedText {
  const begun: Begun[] = [];
  const entities: MessageEntity[] = [];
  let text = '';
  let at = 0;
  const close = () => {
    const top = begun.pop();
    if (top && text.length > top.offset) entities.push(entityOf(top, text.length - top.offset));
  };
  while (at < source.length) {
    const character = source[at] as string;
    const top = begun.at(-1);
    const verbatim = top?.kind === 'Code' || top?.kind === 'Pre';
    const escaped = source.charCodeAt(at + 1);
    if (character === '\\' && escaped > 0 && escaped <= 126) {
      text += source[at + 1];
      at += 2;
    } else if (character === '\n' && top?.kind === 'BlockQuote' && source[at + 1] !== '>') {
      close();
      text += character;
      at += 1;
    } else if (verbatim ? character !== '`' : !reserved.has(character)) {
      text += character;
      at += 1;
    } else if (top && top.kind !== 'TextUrl' && top.mark !== '' && source.startsWith(top.mark, at)) {
      at += top.mark.length;
      close();
    } else if (character === ']' && top?.kind === 'TextUrl') {
      begun.pop();
      const link = readAddress(source, at + 1);
      const entity = linkEntity(link.address ?? text.slice(top.offset), top.offset, text.length - top.offset);
      if (entity && entity.length > 0) entities.push(entity);
      at = link.end;
    } else if (character === '>' && (at === 0 || source[at - 1] === '\n')) {
      if (top?.kind !== 'BlockQuote')
        begun.push({ kind: 'BlockQuote', mark: '', offset: text.length, source: at });
      at += 1;
    } else {
      const one = begin(source, at, text.length);
      begun.push(one.begun);
      at = one.end;
    }
  }
  if (begun.at(-1)?.kind === 'BlockQuote') close();
  const left = begun.pop();
  if (left)
    throw cannotParse(`Can't find end of ${left.kind} entity at byte offset ${bytes(source, left.source)}`);
  return { text, entities };
}

function begin(source: string, at: number, offset: number): { begun: Begun; end: number } {
  if (source[at] === '[') return { begun: { kind: 'TextUrl', mark: ']', offset, source: at }, end: at + 1 };
  const [mark, kind] = marks.find(([candidate]) => source.startsWith(candidate, at)) ?? [];
  if (mark === undefined || kind === undefined) {
    throw cannotParse(`Character '${source[at]}' is reserved and must be escaped with the preceding '\\'`);
  }
  let end = at + mark.length;
  if (kind !== 'Pre') return { begun: { kind, mark, offset, source: at }, end };
  const language = /^([^\s`]+)(?=\s)/.exec(source.slice(end))?.[1];
  end += language?.length ?? 0;
  if (source[end] === '\n') end += 1;
  return { begun: { kind, mark, offset, source: at, ...(language ? { language } : {}) }, end };
}

/** The `(address)` after a link's text; a link without one is its own address. */
function readAddress(source: string, at: number): { address?: string; end: number } {
  if (source[at] !== '(') return { end: at };
  let address = '';
  for (let position = at + 1; position < source.length; position++) {
    const character = source[position] as string;
    if (character === ')') return { address, end: position + 1 };
    if (character === '\\') position += 1;
    address += source[position] ?? '';
  }
  throw cannotParse(`Can't find end of a URL at byte offset ${bytes(source, at + 1)}`);
}

function entityOf(begun: Begun, length: number): MessageEntity {
  const { offset } = begun;
  if (begun.kind === 'Pre') {
    return { type: 'pre', offset, length, ...(begun.language ? { language: begun.language } : {}) };
  }
  const type = begun.kind.toLowerCase() as Exclude<Lowercase<Kind>, 'pre' | 'texturl'>;
  return { type, offset, length };
}
