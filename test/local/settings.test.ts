import assert from 'node:assert/strict';
import { test } from 'node:test';
import { UsageError } from '../../local/command-line/options.ts';
import { readSettings } from '../../local/settings.ts';

test('without options there are defaults, and default ports may move', () => {
  assert.deepEqual(readSettings([]), {
    help: false,
    port: { number: 8080, asked: false },
    awsPort: { number: 4566, asked: false },
    doorPort: { number: 8090, asked: false },
    lan: false,
    data: '.joy',
    open: true,
    takeOver: false,
  });
});

test('a port that was asked for is marked so, even when it is the default', () => {
  assert.deepEqual(
    readSettings([
      ...['--port', '8080', '--aws-port=0', '--door-port', '0', '--lan'],
      ...['--data', 'x', '--no-open', '--take-over'],
    ]),
    {
      help: false,
      port: { number: 8080, asked: true },
      awsPort: { number: 0, asked: true },
      doorPort: { number: 0, asked: true },
      lan: true,
      data: 'x',
      open: false,
      takeOver: true,
    },
  );
});

for (const args of [
  ['--port', 'http'],
  ['--port', '65536'],
  ['--port', '-1'],
  ['--port'],
  ['--colour'],
  ['party'],
]) {
  test(`${args.join(' ')} is refused with a word on --help`, () => {
    assert.throws(
      () => readSettings(args),
      (error) => error instanceof UsageError && error.message.includes('--help'),
    );
  });
}
