/**
 * The process of the unit tests: `unit.ts <test file…>`. One process for all of them, for starting one takes longer
 * than most of their tests.
 */
import './unit-guard.ts';
import { test } from 'node:test';
import { pathToFileURL } from 'node:url';

const files = process.argv.splice(2);
for (const file of files) {
  try {
    await import(pathToFileURL(file).href);
  } catch (error) {
    test(`${file} can be loaded`, () => {
      throw error;
    });
  }
}
