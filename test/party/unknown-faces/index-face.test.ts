import assert from 'node:assert/strict';
import { test } from 'node:test';
import { People } from '../../../party/guests/people.ts';
import { storageKey } from '../../../party/stores/storage-key.ts';
import { deleteUnknown } from '../../../party/unknown-faces/delete-unknown.ts';
import { indexFace } from '../../../party/unknown-faces/index-face.ts';
import { UnknownFaces } from '../../../party/unknown-faces/unknown-faces.ts';
import { openBotHouse } from '../../support/bot-house.ts';
import { plainPortrait, plainRecognizer } from '../../support/plain-faces.ts';

test('another look at a face, indexed while its party’s faces are deleted, leaves nothing', async (t) => {
  const { services } = await openBotHouse(t, { recognizer: plainRecognizer });
  const { table, storage, collection } = services;
  const unknown = new UnknownFaces(table);
  const jpeg = await plainPortrait(5);
  /** Somebody is noticed, and their picture cut out. */
  const notice = async (id: string, time: number) => {
    const looks = [{ time, clock: 'producer', box: { left: 0, top: 0, width: 1, height: 1 } }] as const;
    const face = { partyId: 'over', id, time, looks };
    await unknown.noteParty(face.partyId);
    await unknown.notice(face);
    const key = storageKey.unknownFace(face);
    await storage.put(key, jpeg, 'image/jpeg');
    return { face, picture: { photoId: `stranger-${id}`, key } };
  };
  const first = await notice('first', 1);
  assert.equal(await indexFace(services, first.face, first.picture), 'indexed');
  const second = await notice('second', 2);

  /** Just before it is said whose the face is, the tick deletes the faces of the party. */
  class Overtaken extends People {
    override async assign(...args: Parameters<People['assign']>): Promise<void> {
      await deleteUnknown(services, { showWhoItIs: async () => {} });
      await super.assign(...args);
    }
  }
  await indexFace({ ...services, people: new Overtaken(table) }, second.face, second.picture);

  assert.deepEqual(await collection.faces(), []);
  assert.deepEqual(await services.people.all(), new Map());
  assert.deepEqual(await storage.list('snapshots/'), []);
  assert.deepEqual(await unknown.list('over'), []);
});
