import assert from 'node:assert/strict';
import { copyFile, mkdir, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { before, describe, it } from 'node:test';
import { type CachedCarol, CarolError, cachedCarols, carols, renderCarol } from '../../carols/index.ts';
import { keptCarols } from '../support/carols.ts';
import { emptyFolder } from '../support/folder.ts';

describe('the carols on disk', () => {
  let folder = '';
  let cached: CachedCarol[] = [];
  before(async () => {
    folder = join(await emptyFolder(), 'made', 'on the way');
    // They are as they were made, for this very edition of scores and synthesiser, by whoever of the tests came first;
    // one is rendered anew further down.
    for (const { path } of await keptCarols()) {
      await mkdir(folder, { recursive: true });
      await copyFile(path, join(folder, basename(path)));
    }
    cached = await cachedCarols(folder);
  });

  it('are all there, whole, and nothing else', async () => {
    assert.deepEqual(
      cached.map(({ carol }) => carol),
      carols,
    );
    assert.deepEqual(
      (await readdir(folder)).sort(),
      cached.map(({ path }) => path.slice(folder.length + 1)).sort(),
    );
    for (const { path, seconds } of cached) {
      const file = await readFile(path);
      assert.equal(file.toString('latin1', 0, 3), 'ID3');
      // 192 kbit/s are 24,000 bytes a second.
      assert.ok(
        Math.abs(file.length / 24_000 - seconds) < 0.3,
        `${path}: ${file.length} bytes for ${seconds} s`,
      );
    }
  });

  it('have names, types and lengths to send them with', () => {
    for (const { carol, fileName, contentType, seconds } of cached) {
      assert.equal(fileName, `${carol.id}.mp3`);
      assert.equal(contentType, 'audio/mpeg');
      assert.ok(seconds > 40 && seconds < 75);
    }
  });

  it('are not rendered again, but for one that has gone', async () => {
    const [first, second] = cached as [CachedCarol, CachedCarol];
    const kept = await stat(second.path);
    const bytes = await readFile(first.path);
    await rm(first.path);
    // What a process left that was killed while it wrote is no carol.
    await writeFile(`${first.path}.1.part`, 'unfinished');
    assert.deepEqual(await cachedCarols(folder), cached);
    assert.deepEqual(await readFile(first.path), bytes, 'the same music to the last bit');
    assert.equal((await stat(second.path)).mtimeMs, kept.mtimeMs);
  });

  it('are rendered anew when they are damaged', async () => {
    const [first] = cached as [CachedCarol];
    const bytes = await readFile(first.path);
    const flipped = Buffer.from(bytes);
    flipped[1000] = flipped[1000]! ^ 1;
    await writeFile(first.path, flipped);
    assert.deepEqual(await cachedCarols(folder), cached);
    assert.deepEqual(await readFile(first.path), bytes);
  });

  it('stop being rendered when nobody waits any more', async () => {
    const elsewhere = join(folder, 'elsewhere', 'on the way');
    const controller = new AbortController();
    const rendering = cachedCarols(elsewhere, { signal: controller.signal });
    controller.abort();
    await assert.rejects(rendering, { name: 'AbortError' });
    assert.deepEqual(await readdir(elsewhere), []);
  });
});

describe('a single carol', () => {
  it('is refused by name when there is none of that id', async () => {
    await assert.rejects(renderCarol('last-christmas'), (error: Error) => {
      assert.ok(error instanceof CarolError);
      assert.match(error.message, /no carol called "last-christmas".*jingle-bells/);
      return true;
    });
  });

  it('is rendered while this process goes on with other things', async () => {
    let turns = 0;
    const counting = setInterval(() => {
      turns += 1;
    }, 1);
    const { audio, contentType, fileName, seconds } = await renderCarol('jingle-bells');
    clearInterval(counting);
    assert.ok(turns > 20, `only ${turns} turns of the event loop`);
    assert.ok(audio.length > 500_000);
    assert.equal(contentType, 'audio/mpeg');
    assert.equal(fileName, 'jingle-bells.mp3');
    assert.ok(seconds > 40);
  });

  it('stops in the middle when it is not wanted any more', async () => {
    const controller = new AbortController();
    const rendering = renderCarol('silent-night', { signal: controller.signal });
    setImmediate(() => controller.abort());
    await assert.rejects(rendering, { name: 'AbortError' });
  });
});
