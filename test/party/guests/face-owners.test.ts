import assert from 'node:assert/strict';
import { beforeEach, describe, test } from 'node:test';
import { externalImageIdOf, photoIdOf } from '../../../party/guests/enrolled-face.ts';
import { FaceOwners } from '../../../party/guests/face-owners.ts';
import type { Guest } from '../../../party/guests/guests.ts';
import type { Owner } from '../../../party/guests/people.ts';
import { clockAt } from '../../support/clock.ts';

describe('the owners of faces', () => {
  const clock = clockAt(1_795_000_000_000);
  const anna: Owner = { kind: 'guest', id: 'anna' };
  let assigned: Map<string, Owner>;
  let asked: string[][];
  let owners: FaceOwners;
  let children: Set<string>;

  beforeEach(() => {
    assigned = new Map([['anna-1', anna]]);
    asked = [];
    children = new Set();
    const people = {
      async owners(faceIds: Iterable<string>) {
        const wanted = [...faceIds];
        asked.push(wanted);
        return new Map([...assigned].filter(([faceId]) => wanted.includes(faceId)));
      },
    };
    const guests = {
      async getMany(ids: Iterable<string>): Promise<Guest[]> {
        return [...ids].map((id) => ({
          id,
          name: id,
          addedAt: 0,
          ...(children.has(id) && { isChild: true }),
        }));
      },
    };
    owners = new FaceOwners(people, guests, clock.now);
  });

  const face = (faceId: string, externalImageId?: string) => ({
    faceId,
    similarity: 92,
    ...(externalImageId !== undefined && { externalImageId }),
  });

  test('an owner is looked up once in five seconds', async () => {
    assert.deepEqual([...(await owners.of([face('anna-1')]))], [['anna-1', anna]]);
    clock.pass(4999);
    assert.deepEqual([...(await owners.of([face('anna-1')]))], [['anna-1', anna]]);
    assert.equal(asked.length, 1);
    clock.pass(1);
    await owners.of([face('anna-1')]);
    assert.equal(asked.length, 2);
  });

  test('with the owner it is known who is easily mistaken, some seconds after a host has said so', async () => {
    await owners.of([face('anna-1')]);
    children.add('anna');
    clock.pass(4999);
    assert.deepEqual([...(await owners.of([face('anna-1')]))], [['anna-1', anna]]);
    clock.pass(1);
    assert.deepEqual(
      [...(await owners.of([face('anna-1')]))],
      [['anna-1', { ...anna, isEasilyMistaken: true }]],
    );
  });

  test('only faces that are not known are asked about', async () => {
    await owners.of([face('anna-1')]);
    await owners.of([face('anna-1'), face('new', 'Ronak')]);
    assert.deepEqual(asked, [['anna-1'], ['new']]);
  });

  test('that a face indexed by hand has no owner is known for a second', async () => {
    await owners.of([face('by-hand', 'Ronak')]);
    await owners.of([face('by-hand', 'Ronak')]);
    assert.equal(asked.length, 1);
    clock.pass(1000);
    await owners.of([face('by-hand', 'Ronak')]);
    assert.equal(asked.length, 2);
  });

  for (const externalImageId of [externalImageIdOf('AQADnew'), 'AQADmqgxGxl4wEl-', undefined]) {
    test(`a face with the external id ${externalImageId} is its owner’s at once`, async () => {
      assert.equal((await owners.of([face('new', externalImageId)])).size, 0);
      assigned.set('new', anna);
      assert.deepEqual((await owners.of([face('new', externalImageId)])).get('new'), anna);
    });
  }

  test('a clock that is set back makes no owner known for longer', async () => {
    await owners.of([face('anna-1')]);
    clock.pass(-600_000);
    await owners.of([face('anna-1')]);
    assert.equal(asked.length, 2);
  });

  const ids: Array<[string | undefined, string | undefined]> = [
    ['photo:AQADanna', 'AQADanna'],
    ['AQADmqgxGxl4wEl-', 'AQADmqgxGxl4wEl-'],
    ['AgADdQEAAsW1234', 'AgADdQEAAsW1234'],
    ['Ronak', undefined],
    ['Anna-Sophie.van:Dijk_2', undefined],
    ['AQADA', undefined],
    ['Agadir', undefined],
    [undefined, undefined],
  ];
  for (const [externalImageId, photoId] of ids) {
    test(`${externalImageId} is ${photoId ? `the photo ${photoId}` : 'no photo'}`, () => {
      assert.equal(photoIdOf(externalImageId), photoId);
    });
  }
});
