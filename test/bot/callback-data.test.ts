import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { callbackData, idField, pageField } from '../../bot/callback-data.ts';
import * as contactButtons from '../../bot/contacts/buttons.ts';
import { otherGuestButton, sameGuestButton } from '../../bot/enrolment/buttons.ts';
import * as guestButtons from '../../bot/guests/buttons.ts';
import * as songButtons from '../../bot/songs/buttons.ts';
import { rounds, seedOf } from '../support/rounds.ts';

const button = callbackData('list:of', { guestId: idField, page: pageField });

test('what a button is written with is read from it again', (t) => {
  const ids = fc.stringMatching(/^[\w-]{1,30}$/);
  const pages = fc.nat({ max: 10_000 });
  const property = fc.property(ids, pages, (guestId, page) => {
    assert.deepEqual(button.read(button.write({ guestId, page })), { guestId, page });
  });
  fc.assert(property, { numRuns: rounds(100, 10_000), seed: seedOf(t) });
});

const others = ['', 'list:of', 'list:of:g1', 'list:of:g1:2:3', 'list:of:g1:x', 'list:of:g1:-1', 'list:of::2'];
for (const data of [...others, 'list:off:g1:2', 'more:list:of:g1:2', 'list:of:g 1:2', 'list:of:g1:2\n']) {
  test(`${JSON.stringify(data)} is no data of that button`, () => assert.equal(button.read(data), undefined));
}

test('what could not be read again is not written', () => {
  for (const guestId of ['', 'g:1', 'g 1', 'Zoë'])
    assert.throws(() => button.write({ guestId, page: 0 }), RangeError);
  for (const page of [-1, 0.5, Number.NaN])
    assert.throws(() => button.write({ guestId: 'g1', page }), RangeError);
});

test('a button that carries nothing has its prefix for data, and nothing else is read as that', () => {
  const bare = callbackData('list:all', {});
  assert.equal(bare.write({}), 'list:all');
  assert.deepEqual(bare.read('list:all'), {});
  for (const data of ['list:all:', 'list:all:1', 'list', 'list:allx'])
    assert.equal(bare.read(data), undefined);
});

test('data of more than Telegram’s 64 bytes is not written', () => {
  const longest = 64 - 'list:of:'.length - ':0'.length;
  assert.equal(button.write({ guestId: 'g'.repeat(longest), page: 0 }).length, 64);
  assert.throws(() => button.write({ guestId: 'g'.repeat(longest + 1), page: 0 }), RangeError);
});

/** As they stand under messages that were sent long ago: a button stays in a chat. */
const sent = [
  ['song:to:s1:g-1', songButtons.giveSongButton, { songId: 's1', guestId: 'g-1' }],
  ['song:choose:s1', songButtons.chooseGuestButton, { songId: 's1' }],
  ['song:guests:s1:2', songButtons.guestsPageButton, { songId: 's1', page: 2 }],
  ['guest:choose:g1', songButtons.chooseSongButton, { guestId: 'g1' }],
  ['guest:songs:g1:0', songButtons.songsPageButton, { guestId: 'g1', page: 0 }],
  ['songs:page:1', songButtons.songListPageButton, { page: 1 }],
  ['guests:page:1', guestButtons.guestListPageButton, { page: 1 }],
  ['guest:open:g1', guestButtons.openGuestButton, { guestId: 'g1' }],
  ['guest:photos:g1', guestButtons.guestPhotosButton, { guestId: 'g1' }],
  ['guest:name:g1', guestButtons.renameGuestButton, { guestId: 'g1' }],
  ['guest:unname:g1', guestButtons.nameBackButton, { guestId: 'g1' }],
  ['guest:lives:g1', guestButtons.livesHereButton, { guestId: 'g1' }],
  ['guest:visits:g1', guestButtons.isGuestButton, { guestId: 'g1' }],
  ['guest:child:g1', guestButtons.isChildButton, { guestId: 'g1' }],
  ['guest:adult:g1', guestButtons.isNoChildButton, { guestId: 'g1' }],
  ['guest:remove:g1', guestButtons.removeGuestButton, { guestId: 'g1' }],
  ['guest:restore:g1', guestButtons.restoreGuestButton, { guestId: 'g1' }],
  ['photo:drop:g1:AQAD', guestButtons.dropPhotoButton, { guestId: 'g1', photoId: 'AQAD' }],
  ['photo:restore:g1:AQAD', guestButtons.restorePhotoButton, { guestId: 'g1', photoId: 'AQAD' }],
  ['photo:whose:g1:AQAD:0', guestButtons.photoOwnersButton, { guestId: 'g1', photoId: 'AQAD', page: 0 }],
  ['photo:move:g1:AQAD:g2', guestButtons.movePhotoButton, { guestId: 'g1', photoId: 'AQAD', toId: 'g2' }],
  ['photo:keep:g1:AQAD', guestButtons.keepPhotoButton, { guestId: 'g1', photoId: 'AQAD' }],
  ['contacts:ask', contactButtons.addContactsButton, {}],
  ['contacts:undo:12', contactButtons.takeBackContactsButton, { messageId: 12 }],
  ['contacts:redo:12', contactButtons.bringBackContactsButton, { messageId: 12 }],
  ['photo:same:AQAD-_x', sameGuestButton, { photoId: 'AQAD-_x' }],
  ['photo:other:AQAD-_x', otherGuestButton, { photoId: 'AQAD-_x' }],
] as const;
for (const [data, one, values] of sent) {
  test(`the button ${data} is read by its own definition alone`, () => {
    const read = sent.map(([, other]) => other.read(data)).filter(Boolean);
    assert.deepEqual(read, [values]);
    assert.deepEqual(one.read(data), values);
  });
}
