import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { describe, test } from 'node:test';

interface Locked {
  readonly version?: string;
  readonly integrity?: string;
  readonly cpu?: readonly string[];
  readonly dev?: boolean;
}

const read = async (file: string) =>
  JSON.parse(await readFile(new URL(`../../../${file}`, import.meta.url), 'utf8'));

const lockOf = async (folder: string): Promise<Record<string, Locked>> =>
  (await read(`${folder}package-lock.json`)).packages;

describe("the image's packages", () => {
  test('are those that the project itself is locked to (npm run producer-packages makes them so)', async () => {
    const project = await lockOf('');
    const image = await lockOf('producer/');
    const different = Object.entries(image)
      .filter(([place]) => place !== '')
      .filter(([place, { version, integrity }]) => {
        const own = project[place];
        return own?.version !== version || own?.integrity !== integrity;
      });
    assert.deepEqual(different, []);
  });

  test('are exactly the versions that its package.json names', async () => {
    const { dependencies, optionalDependencies, devDependencies } = await read('producer/package.json');
    const image = await lockOf('producer/');
    for (const [name, version] of Object.entries({
      ...dependencies,
      ...optionalDependencies,
      ...devDependencies,
    })) {
      assert.equal(image[`node_modules/${name}`]?.version, version, name);
    }
  });

  test('have the binaries of both processors', async () => {
    const installed = Object.entries(await lockOf('producer/')).filter(([, { dev }]) => !dev);
    for (const cpu of ['x64', 'arm64']) {
      for (const name of [
        `@seydx/node-av-linux-${cpu}`,
        `@img/sharp-linux-${cpu}`,
        `@img/sharp-libvips-linux-${cpu}`,
      ]) {
        assert.deepEqual(installed.find(([place]) => place === `node_modules/${name}`)?.[1].cpu, [cpu], name);
      }
    }
  });
});
