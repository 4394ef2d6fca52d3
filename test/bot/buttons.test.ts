import assert from 'node:assert/strict';
import { test } from 'node:test';
import { pageOfChoices } from '../../bot/buttons.ts';
import { otherGuestButton, sameGuestButton } from '../../bot/enrolment/buttons.ts';
import { guestListChoices } from '../../bot/guests/buttons.ts';
import { guestChoices, songChoices, songListChoices } from '../../bot/songs/buttons.ts';
import { Guests } from '../../party/guests/guests.ts';

const choices = (count: number) =>
  Array.from({ length: count }, (_, n) => ({ label: `L${n}`, data: `d${n}` }));
const cases: Array<{ of: number; page: number; first: string; rows: number; turns: string[] }> = [
  { of: 1, page: 0, first: 'L0', rows: 1, turns: [] },
  { of: 8, page: 0, first: 'L0', rows: 8, turns: [] },
  { of: 9, page: 0, first: 'L0', rows: 8, turns: ['to 1'] },
  { of: 9, page: 1, first: 'L8', rows: 1, turns: ['to 0'] },
  { of: 20, page: 1, first: 'L8', rows: 8, turns: ['to 0', 'to 2'] },
  { of: 9, page: 7, first: 'L8', rows: 1, turns: ['to 0'] },
  { of: 9, page: -1, first: 'L0', rows: 8, turns: ['to 1'] },
];

for (const { of, page, first, rows, turns } of cases) {
  test(`page ${page} of ${of} choices`, () => {
    const buttons = pageOfChoices(choices(of), page, (to) => `to ${to}`).inline_keyboard.flat();
    const data = buttons.map((button) => ('callback_data' in button ? button.callback_data : ''));
    assert.equal(buttons[0]?.text, first);
    assert.equal(data.filter((one) => one.startsWith('d')).length, rows);
    assert.deepEqual(
      data.filter((one) => one.startsWith('to')),
      turns,
    );
  });
}

test('no button carries more than Telegram’s 64 bytes', () => {
  const guests = Array.from({ length: 900 }, () => ({ id: Guests.newId(), name: 'N', addedAt: 0 }));
  const song = { id: 'f'.repeat(12), title: 'T', key: 'k', fileName: 'f', contentType: 'c', carol: false };
  const songs = Array.from({ length: 900 }, () => song);
  const keyboards = [
    guestChoices(guests, song.id, 99),
    songChoices(songs, guests[0]!.id, 99),
    songListChoices(songs, 99),
    guestListChoices(guests, 99),
  ];
  const data = keyboards.flatMap(({ inline_keyboard }) => inline_keyboard.flat());
  const lengths = data.map((button) => ('callback_data' in button ? button.callback_data.length : 0));
  assert.ok(Math.max(...lengths) <= 64);
  // Telegram's file_unique_ids have 16 characters or so.
  const photoId = 'A'.repeat(32);
  for (const button of [sameGuestButton, otherGuestButton]) assert.ok(button.write({ photoId }).length <= 64);
});
