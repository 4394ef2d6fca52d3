import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));

/** Whose times are compared with a party's: they go by the one clock of the process, which is never set back. */
const byOneClock = ['party', 'bot', 'lambdas', 'local/deployment', 'local/camera', 'local/house.ts'];

/** That clock itself looks at the machine's. */
const theClock = path.join('party', 'monotonic-clock.ts');

/** A page goes by the clock of the tablet that shows it, which sleeps and wakes, and compares no times but its own. */
const pages = path.join('lambdas', 'door-screen', 'browser');

function filesIn(place: string): string[] {
  if (place.endsWith('.ts')) return [place];
  return readdirSync(path.join(root, place), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => path.join(place, name));
}

const asksTheMachine = /\bDate\.now\b|\bnew Date\(\)/;

/** The places in a text that ask the machine for the time of day, by their lines. */
function lookups(text: string): number[] {
  return text.split('\n').flatMap((line, index) => (asksTheMachine.test(line) ? [index + 1] : []));
}

test('the machine’s own clock is asked in one file: all else is handed the clock, or asks machineClock', () => {
  const found = byOneClock
    .flatMap(filesIn)
    .filter((file) => file !== theClock && !file.startsWith(pages + path.sep))
    .flatMap((file) => lookups(readFileSync(path.join(root, file), 'utf8')).map((line) => `${file}:${line}`));
  assert.deepEqual(found, []);
});

test('a look at the machine’s clock is found, and a date that is given is none', () => {
  assert.deepEqual(
    lookups('a\nconst now = Date.now();\nnew Date()\nnew Date(now)\nnow = Date.now'),
    [2, 3, 5],
  );
});
