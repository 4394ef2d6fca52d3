import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Arrival } from '../../../party/arrivals/arrivals.ts';
import { second } from '../../../party/clock.ts';
import { newFor, portraitAmong, screenId } from '../../../party/door-screen/screen-arrivals.ts';
import { greetedFor } from '../../../party/door-screen/told.ts';
import type { Photo } from '../../../party/guests/guests.ts';

const now = 1_795_000_000_000;
const arrival = (guestId: string, time: number): Arrival => ({
  ...{ partyId: 'p', guestId, name: guestId, time, chatId: 1, hostId: 1 },
});
const namesOf = (arrivals: readonly Arrival[]): string[] => arrivals.map(({ name }) => name);

describe('what a screen has yet to show', () => {
  test('is who came in the last two minutes, and is not known there', () => {
    const anna = arrival('anna', now - greetedFor);
    const all = [arrival('old', now - greetedFor - 1), anna, arrival('ben', now)];
    assert.deepEqual(namesOf(newFor(all, new Set(), now)), ['anna', 'ben']);
    assert.deepEqual(namesOf(newFor(all, new Set([screenId(anna)]), now)), ['ben']);
  });

  test('is a guest who comes after an arrival that was taken back', () => {
    const wrong = arrival('anna', now - 30 * second);
    const right = arrival('anna', now);
    assert.deepEqual(namesOf(newFor([right], new Set([screenId(wrong)]), now)), ['anna']);
  });

  test('has an id that tells nothing of the guest', () => {
    assert.match(screenId(arrival('anna', now)), /^[\w-]{10}$/);
  });
});

describe('the photo on the screen', () => {
  const photo = (photoId: string, side?: number, more: Partial<Photo> = {}): Photo => ({
    ...{ photoId, key: photoId, faceIds: [], ...more },
    ...(side !== undefined && { box: { left: 0, top: 0, width: side, height: side } }),
  });

  test('is the one with the largest face, whose file is there', () => {
    const photos = [photo('group', 0.1), photo('alone', 0.5), photo('lost', 0.9, { fileGivenUp: true })];
    assert.equal(portraitAmong(photos)?.photoId, 'alone');
  });

  test('is any where no face is known, and none where there is none', () => {
    assert.equal(portraitAmong([photo('first'), photo('second')])?.photoId, 'first');
    assert.equal(portraitAmong([]), undefined);
  });
});
