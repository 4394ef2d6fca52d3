import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ContactResult } from '../../../bot/contacts/contact-batches.ts';
import { contactListText } from '../../../bot/contacts/contact-list.text.ts';
import { contactList, takenBackList } from '../../../bot/contacts/contact-list.ts';

const added = (name: string, more: object = {}): ContactResult => ({
  outcome: 'added',
  guestId: name,
  photoId: `p-${name}`,
  name,
  isNew: true,
  advice: [],
  ...more,
});
const batch = (...results: readonly ContactResult[]) => ({ messageId: 5, startedAt: 0, results });

test('a photo that will do but could be better is told by its guest', () => {
  const { told } = contactList(batch(added('Anna', { advice: ['sunglasses'] })), ['Anna']);
  assert.equal(
    told,
    [
      'Got it, I’ll know Anna.',
      '',
      '• Anna: One more without sunglasses would help.',
      '',
      'Want a song for Anna? Send an MP3 or M4A, or I’ll play a carol.',
    ].join('\n'),
  );
});

test('one who is asked about, and one who is refused, are told of in the singular', () => {
  const results: ContactResult[] = [
    { outcome: 'asked', name: 'Anna' },
    { outcome: 'known', name: 'Berta' },
    { outcome: 'refused', name: 'Carla', why: contactListText.noPhoto },
  ];
  assert.deepEqual(contactList(batch(...results), []), {
    told: [
      'I already had that photo of Berta.',
      'Anna needs an answer below.',
      '',
      'Not added:',
      '• Carla: no profile photo that I can see',
      'Send me a photo instead, with the name as its caption.',
    ].join('\n'),
  });
});

test('who was taken back is on the list no more', () => {
  const results = batch(added('Anna', { taken: 'guest' }), added('Berta', { isNew: false, taken: 'photo' }));
  assert.deepEqual(contactList(results, []), { told: '' });
  assert.match(
    takenBackList(results).told,
    /^OK, I’ve removed Anna\.\nI’ve dropped the new photo of Berta\./,
  );
});

test('why a photo will not do is said in few words, whatever the reason', () => {
  const { refused } = contactListText;
  assert.equal(refused({ reason: 'face not usable', because: ['LOW_SHARPNESS'] }), 'the photo is blurred');
  assert.equal(
    refused({ reason: 'face not usable', because: ['LOW_CONFIDENCE'] }),
    'I can’t see the face clearly',
  );
  assert.equal(refused({ reason: 'picture too small' }), 'the photo is too small');
  assert.equal(refused({ reason: 'other kind of picture', kind: 'WebP' }), 'I can’t open the photo');
});
