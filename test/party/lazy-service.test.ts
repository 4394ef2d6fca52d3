import assert from 'node:assert/strict';
import { test } from 'node:test';
import { inspect } from 'node:util';
import { lazy } from '../../party/lazy-service.ts';

class Greeter {
  readonly #greeting: string;
  constructor(greeting: string) {
    this.#greeting = greeting;
  }
  async greet(name: string): Promise<string> {
    if (name === '') throw new RangeError('nobody to greet');
    return `${this.#greeting}, ${name}`;
  }
}

test('a service is loaded at its first question, and once for all of them', async () => {
  let loads = 0;
  const greeter = lazy(async () => {
    loads++;
    return new Greeter('Hello');
  });
  assert.equal(loads, 0);
  const answers = await Promise.all([greeter.greet('Anna'), greeter.greet('Ben')]);
  assert.deepEqual(answers, ['Hello, Anna', 'Hello, Ben']);
  assert.equal(await greeter.greet('Clara'), 'Hello, Clara');
  assert.equal(loads, 1);
});

test('what the service throws comes through, and a load that failed is tried again', async () => {
  let fails = true;
  const greeter = lazy(async () => {
    if (fails) throw new Error('not there yet');
    return new Greeter('Hello');
  });
  await assert.rejects(greeter.greet('Anna'), /not there yet/);
  fails = false;
  assert.equal(await greeter.greet('Anna'), 'Hello, Anna');
  await assert.rejects(greeter.greet(''), RangeError);
});

test('to be handed on or printed is no question', async () => {
  const greeter = lazy<Greeter>(async () => assert.fail('loaded'));
  const handedOn = await (async () => greeter)();
  assert.equal(handedOn, greeter);
  assert.match(`${inspect(greeter)} ${greeter}`, /object/i);
});
