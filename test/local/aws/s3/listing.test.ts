import assert from 'node:assert/strict';
import { test } from 'node:test';
import { byteRange } from '../../../../local/aws/s3/byte-range.ts';
import { listPage } from '../../../../local/aws/s3/listing.ts';

const objects = ['a', 'b/1', 'b/2', 'b/c/3', 'd'].map((key) => ({ key }));

for (const { request, keys, prefixes = [], next } of [
  { request: {}, keys: ['a', 'b/1', 'b/2', 'b/c/3', 'd'] },
  { request: { maxKeys: 2 }, keys: ['a', 'b/1'], next: 'b/1' },
  { request: { maxKeys: 5 }, keys: ['a', 'b/1', 'b/2', 'b/c/3', 'd'] },
  { request: { maxKeys: 0 }, keys: [] },
  { request: { after: 'b/1' }, keys: ['b/2', 'b/c/3', 'd'] },
  { request: { after: 'b' }, keys: ['b/1', 'b/2', 'b/c/3', 'd'] },
  { request: { prefix: 'b/' }, keys: ['b/1', 'b/2', 'b/c/3'] },
  { request: { prefix: 'x' }, keys: [] },
  { request: { delimiter: '/' }, keys: ['a', 'd'], prefixes: ['b/'] },
  { request: { delimiter: '/', prefix: 'b/' }, keys: ['b/1', 'b/2'], prefixes: ['b/c/'] },
  { request: { delimiter: '/', maxKeys: 2 }, keys: ['a'], prefixes: ['b/'], next: 'b/' },
  { request: { delimiter: '/', after: 'b/' }, keys: ['d'] },
]) {
  test(`a listing by ${JSON.stringify(request)} has ${[...keys, ...prefixes].join(' ') || 'nothing'}`, () => {
    const page = listPage(objects, { prefix: '', delimiter: '', after: '', maxKeys: 1000, ...request });
    assert.deepEqual(
      page.contents.map((object) => object.key),
      keys,
    );
    assert.deepEqual(page.commonPrefixes, prefixes);
    assert.equal(page.next, next);
  });
}

for (const [header, expected] of [
  [undefined, undefined],
  ['bytes=0-3', { start: 0, end: 4 }],
  ['bytes=9-9', { start: 9, end: 10 }],
  ['bytes=5-', { start: 5, end: 10 }],
  ['bytes=5-99', { start: 5, end: 10 }],
  ['bytes=-4', { start: 6, end: 10 }],
  ['bytes=-99', { start: 0, end: 10 }],
  ['bytes=-', undefined],
  ['bytes=4-3', undefined],
  ['bytes=0-1,3-4', undefined],
  ['lines=0-1', undefined],
] as const) {
  test(`the range ${header} of ten bytes is ${JSON.stringify(expected) ?? 'all of them'}`, () => {
    assert.deepEqual(byteRange(header, 10), expected);
  });
}

for (const header of ['bytes=10-', 'bytes=10-20', 'bytes=-0']) {
  test(`the range ${header} of ten bytes cannot be had`, () => {
    assert.throws(() => byteRange(header, 10), { name: 'InvalidRange' });
  });
}
