import assert from 'node:assert/strict';
import { test } from 'node:test';
import { inSentences } from '../../../local/repair/losses.text.ts';
import { repairText } from '../../../local/repair/repair.text.ts';
import type { Photo } from '../../../party/guests/guests.ts';
import type { GuestLoss, SongLoss } from '../../../party/losses/losses.ts';

const photo = (photoId: string): Photo => ({ photoId, faceIds: [], key: `photos/${photoId}` });

const guest = (name: string, loss: Partial<GuestLoss>): GuestLoss => ({
  guest: { id: name, name, addedAt: 0 },
  name,
  isRecognised: true,
  photos: 2,
  recognisedBy: 1,
  findable: [],
  lost: [],
  withoutFile: [],
  ...loss,
});
const unknown = { isRecognised: false, recognisedBy: 0 } as const;

const song = (title: string, whose: string[]): SongLoss => ({
  song: { id: title, title, key: '', fileName: '', contentType: '', carol: false },
  whose,
});

const cases: Array<[what: string, guests: GuestLoss[], songs: SongLoss[], says: string[]]> = [
  ['nothing', [], [], []],
  [
    'a face',
    [guest('Tony', { ...unknown, findable: [photo('a')] })],
    [],
    [`I can't recognise Tony: the face is gone. REPAIR looks for it in the photos that are left.`],
  ],
  [
    'a face and the photos',
    [guest('Tony', { ...unknown, lost: [photo('a'), photo('b')] })],
    [],
    [
      `I can't recognise Tony: the photos are gone, or show no face. Send a new photo in the chat, with the name as its caption.`,
    ],
  ],
  [
    'one of two photos with its face',
    [guest('Tony', { lost: [photo('a')] })],
    [],
    [
      'I recognise Tony by 1 of 2 photos; the other is gone, or shows no face. Send another in the chat if you like. REPAIR takes it off the list.',
    ],
  ],
  [
    'one of two photos’ face, and two of three',
    [
      guest('Tony', { findable: [photo('a')] }),
      guest('Anna', { photos: 3, findable: [photo('b'), photo('c')] }),
    ],
    [],
    [
      'I recognise Tony by 1 of 2 photos and Anna by 1 of 3 photos. REPAIR looks for the faces of the others in their files.',
    ],
  ],
  [
    'the file of a photo',
    [guest('Tony', { recognisedBy: 2, withoutFile: [photo('a')] })],
    [],
    [
      'The file of a photo of Tony is gone. I recognise Tony all the same. Send it again in the chat, with the name, or let REPAIR take it off the list.',
    ],
  ],
  [
    'a song of somebody, and one of nobody',
    [],
    [song('Wonderwall', ['Tony']), song('Jingle', [])],
    [
      'A song is gone: “Wonderwall”, the song of Tony. Send it again in the chat.',
      `The song “Jingle” is gone. It is nobody's, and REPAIR takes it off the list.`,
    ],
  ],
];

for (const [what, guests, songs, says] of cases) {
  test(`what is said when ${what} is lost`, () => {
    assert.deepEqual(inSentences({ guests, songs }, 'REPAIR'), says);
  });
}

test('one is one, and two are several', () => {
  assert.match(repairText.facesFound(1), /the face of 1 photo again; it is recognised/);
  assert.match(repairText.facesFound(2), /the faces of 2 photos again; they are recognised/);
  assert.match(
    repairText.photosForgotten('Tony', 1),
    /1 photo of Tony off the list: it is gone, or shows no face/,
  );
  assert.match(
    repairText.photosForgotten('Tony', 2),
    /2 photos of Tony off the list: they are gone, or show no face/,
  );
});
