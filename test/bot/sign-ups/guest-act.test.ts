import assert from 'node:assert/strict';
import { test } from 'node:test';
import { removeGuestButton } from '../../../bot/guests/buttons.ts';
import * as buttons from '../../../bot/sign-ups/button-data.ts';
import { type GuestAct, guestActIn } from '../../../bot/sign-ups/guest-act.ts';

const code = `guest-${'x'.repeat(32)}`;
const said = (content: object, type = 'private'): GuestAct =>
  guestActIn({ message: { message_id: 1, date: 1, chat: { id: 1, type }, ...content } as never });
const pressed = (data: string, type = 'private'): GuestAct =>
  guestActIn({ callback_query: { id: '1', data, message: { chat: { id: 1, type } } } as never });
const file = { file_id: 'f', file_unique_id: 'u' };

const cases: Array<[what: string, found: GuestAct, act: GuestAct['act']]> = [
  ['a guest’s link', said({ text: `/start ${code}` }), 'open'],
  ['a guest’s link in a group', said({ text: `/start ${code}` }, 'supergroup'), 'nothing'],
  ['a co-host’s link', said({ text: `/start ${'x'.repeat(32)}` }), 'anything'],
  ['/forget me', said({ text: '/forget me' }), 'forget me'],
  ['/forgetme', said({ text: '/forgetme' }), 'forget me'],
  ['/forget and a name', said({ text: '/forget Anna' }), 'anything'],
  ['/forget everything', said({ text: '/forget everything' }), 'anything'],
  ['a host’s command', said({ text: '/end_party' }), 'anything'],
  ['a photo', said({ photo: [{ ...file, width: 1, height: 1 }] }), 'photo'],
  ['a photo with a host’s command below it', said({ photo: [file], caption: '/end_party' }), 'photo'],
  ['music', said({ audio: { ...file, duration: 1 } }), 'music'],
  ['a file', said({ document: file }), 'file'],
  ['a GIF, which comes as a file too', said({ document: file, animation: file }), 'anything'],
  ['a photo in a group', said({ photo: [file] }, 'group'), 'nothing'],
  ['I agree', pressed(buttons.agreeButton.write({ linkId: 'l' })), 'agree'],
  ['I agree, in a group', pressed(buttons.agreeButton.write({ linkId: 'l' }), 'group'), 'nothing'],
  ['Surprise me', pressed(buttons.surpriseButton.write({})), 'surprise'],
  ['the host’s Welcome', pressed(buttons.welcomeButton.write({ userId: 1 })), 'nothing'],
  ['a host’s button', pressed(removeGuestButton.write({ guestId: 'g' })), 'nothing'],
  ['another kind of update', guestActIn({}), 'nothing'],
];
for (const [what, found, act] of cases)
  test(`from a guest, ${what}: ${act}`, () => {
    assert.equal(found.act, act);
  });

test('only the whole command forgets at once', () => {
  assert.deepEqual(said({ text: '/forget' }), { act: 'forget me', now: false });
  assert.deepEqual(said({ text: '/forget_me' }), { act: 'forget me', now: true });
});
