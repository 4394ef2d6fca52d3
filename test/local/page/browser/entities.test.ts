import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { MessageEntity } from 'grammy/types';
import { type Piece, piecesOf, safeAddress } from '../../../../local/page/browser/chat/entities.ts';

const entity = (type: 'bold' | 'italic' | 'code', offset: number, length: number): MessageEntity => ({
  type,
  offset,
  length,
});

/** The tree as text: `<bold>…</bold>`. */
const drawn = (pieces: readonly Piece[]): string =>
  pieces
    .map((piece) =>
      typeof piece === 'string'
        ? piece
        : `<${piece.entity.type}>${drawn(piece.pieces)}</${piece.entity.type}>`,
    )
    .join('');

const cases: [text: string, entities: MessageEntity[], drawn: string][] = [
  ['plain', [], 'plain'],
  ['a b c', [entity('bold', 2, 1)], 'a <bold>b</bold> c'],
  ['ab', [entity('bold', 0, 1), entity('italic', 1, 1)], '<bold>a</bold><italic>b</italic>'],
  ['abc', [entity('italic', 1, 1), entity('bold', 0, 3)], '<bold>a<italic>b</italic>c</bold>'],
  ['ab', [entity('bold', 0, 2), entity('italic', 0, 2)], '<bold><italic>ab</italic></bold>'],
  ['🎶 Anna', [entity('bold', 3, 4)], '🎶 <bold>Anna</bold>'],
  ['short', [entity('bold', 3, 40)], 'short'],
  ['crossing', [entity('bold', 0, 4), entity('code', 2, 4)], '<bold>cros</bold>sing'],
];

for (const [text, entities, expected] of cases) {
  test(`“${text}” with ${entities.length} entities is drawn as ${expected}`, () => {
    assert.equal(drawn(piecesOf(text, entities)), expected);
  });
}

test('a link leads to the web, to mail or to Telegram, and nowhere else', () => {
  assert.equal(safeAddress('example.org/a'), 'https://example.org/a');
  assert.equal(safeAddress('http://example.org'), 'http://example.org');
  assert.equal(safeAddress('tg://user?id=1'), 'tg://user?id=1');
  assert.equal(safeAddress('javascript:alert(1)'), undefined);
  assert.equal(safeAddress('data:text/html,x'), undefined);
});
