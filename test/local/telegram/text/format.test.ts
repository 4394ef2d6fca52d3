import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { MessageEntity } from 'grammy/types';
import { BotApiError } from '../../../../local/telegram/errors.ts';
import { formatText } from '../../../../local/telegram/text/format.ts';

type Row = readonly [source: string, mode: 'HTML' | 'MarkdownV2' | undefined, text: string, entities: string];

/** Entities as `type offset+length`, with what else they carry. */
function brief(entities: readonly MessageEntity[]): string {
  return entities
    .map(({ type, offset, length, ...more }) =>
      [`${type} ${offset}+${length}`, ...Object.values(more)].join(' '),
    )
    .join(', ');
}

const good: readonly Row[] = [
  ['plain', undefined, 'plain', ''],
  ['  both ends \n', undefined, 'both ends', ''],
  ['/start_party@joy_bot 4h', undefined, '/start_party@joy_bot 4h', 'bot_command 0+20'],
  ['1/2 or a/b', undefined, '1/2 or a/b', ''],
  ['🎄 /start', undefined, '🎄 /start', 'bot_command 3+6'],
  ['@holly_winters #party', undefined, '@holly_winters #party', 'mention 0+14, hashtag 15+6'],
  ['see https://a.example/b?c=1.', undefined, 'see https://a.example/b?c=1.', 'url 4+23'],
  ['write to a@b.example', undefined, 'write to a@b.example', 'email 9+11'],
  ['<b>Anna <i>Berg</i></b>', 'HTML', 'Anna Berg', 'bold 0+9, italic 5+4'],
  ['a &lt;b&gt; &amp; &#39;c&#x27; &nope;', 'HTML', "a <b> & 'c' &nope;", ''],
  [
    '<a href="https://a.example/?x=1&amp;y=2">here</a>',
    'HTML',
    'here',
    'text_link 0+4 https://a.example/?x=1&y=2',
  ],
  ['<pre><code class="language-ts">x</code></pre>', 'HTML', 'x', 'pre 0+1 ts'],
  ['<code>/start</code>', 'HTML', '/start', 'code 0+6'],
  ['<span class="tg-spoiler">who</span>', 'HTML', 'who', 'spoiler 0+3'],
  ['<blockquote expandable>long</blockquote>', 'HTML', 'long', 'expandable_blockquote 0+4'],
  [' <b> x </b> ', 'HTML', 'x', 'bold 0+1'],
  [
    '*b _i_* __u__ ~s~ ||h|| `c`',
    'MarkdownV2',
    'b i u s h c',
    'bold 0+3, italic 2+1, underline 4+1, strikethrough 6+1, spoiler 8+1, code 10+1',
  ],
  ['20\\:15\\. \\*', 'MarkdownV2', '20:15. *', ''],
  ['[a \\[b\\]](https://a.example/\\))', 'MarkdownV2', 'a [b]', 'text_link 0+5 https://a.example/)'],
  ['```ts\nlet a = b.c;\n```', 'MarkdownV2', 'let a = b.c;', 'pre 0+12 ts'],
  ['>one\n>two\nthree', 'MarkdownV2', 'one\ntwo\nthree', 'blockquote 0+7'],
];

for (const [source, mode, text, entities] of good) {
  test(`${mode ?? 'plain text'} ${JSON.stringify(source)} is read`, () => {
    const formatted = formatText(source, mode, undefined);
    assert.equal(formatted.text, text);
    assert.equal(brief(formatted.entities), entities);
  });
}

const bad: ReadonlyArray<readonly [source: string, mode: string, words: RegExp]> = [
  ['<b>Anna', 'HTML', /Can't find end tag corresponding to start tag "b"$/],
  ['Anna</b>', 'HTML', /Unexpected end tag at byte offset 4$/],
  ['ä<b>x</i>', 'HTML', /Unmatched end tag at byte offset 6, expected "<\/b>", found "<\/i>"$/],
  ['1 < 2', 'HTML', /Unsupported start tag "" at byte offset 2$/],
  ['<h1>x</h1>', 'HTML', /Unsupported start tag "h1" at byte offset 0$/],
  ['<b', 'HTML', /Unclosed start tag at byte offset 0$/],
  ['<span>x</span>', 'HTML', /Tag "span" must have class "tg-spoiler"/],
  ['*Anna', 'MarkdownV2', /Can't find end of Bold entity at byte offset 0$/],
  ['Anna!', 'MarkdownV2', /Character '!' is reserved and must be escaped with the preceding '\\'$/],
  ['[a](b', 'MarkdownV2', /Can't find end of a URL at byte offset 4$/],
  ['Anna', 'Markdown', /unsupported parse_mode$/],
];

for (const [source, mode, words] of bad) {
  test(`${mode} ${JSON.stringify(source)} is refused`, () => {
    assert.throws(
      () => formatText(source, mode, undefined),
      (error) => error instanceof BotApiError && error.code === 400 && words.test(error.message),
    );
  });
}

test('entities given are kept, and must lie in the text', () => {
  const bold = { type: 'bold', offset: 1, length: 4 } as const;
  assert.equal(brief(formatText(' Anna', undefined, [bold]).entities), 'bold 0+4');
  for (const entity of [{ ...bold, length: 5 }, { ...bold, offset: -1 }, { ...bold, type: 'loud' }, null]) {
    assert.throws(() => formatText(' Anna', undefined, [entity]), BotApiError);
  }
});
