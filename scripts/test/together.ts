/** A process of several test files, one after another: `together.ts <test file…>`. */
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
