import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sharedContact } from '../../../bot/contacts/shared-contact.ts';

const long = 'x'.repeat(60);
const cases = [
  { first_name: 'Anna', last_name: 'Kovács', name: 'Anna Kovács' },
  { first_name: ' Anna ', name: 'Anna' },
  { last_name: 'Kovács', name: 'Kovács' },
  { first_name: long, last_name: long, name: long },
  { first_name: 'نور', name: 'نور' },
  { first_name: '\u3164', last_name: '', name: undefined },
  { name: undefined },
] as const;
for (const { name, ...names } of cases) {
  test(`a contact with ${JSON.stringify(names)} is called ${name ?? 'nothing'}`, () => {
    assert.equal(sharedContact({ user_id: 1, ...names }).name, name);
  });
}

test('of the sizes of a profile photo the largest is taken', () => {
  const size = (width: number) => ({
    file_id: `f${width}`,
    file_unique_id: `u${width}`,
    width,
    height: width,
  });
  const { file } = sharedContact({ user_id: 1, photo: [size(160), { ...size(640), file_size: 9 }] });
  assert.deepEqual(file, { fileId: 'f640', uniqueId: 'u640', size: 9 });
  assert.equal(sharedContact({ user_id: 1 }).file, undefined);
});
