import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { runProcess } from '../../scripts/test/run-process.ts';
import { buildTests } from '../../scripts/test/test-build.ts';
import { examine, type TestFile, testPaths } from '../../scripts/test/test-files.ts';
import { emptyFolder } from '../support/folder.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));

/** A project with these files. */
async function project(files: Readonly<Record<string, string>>): Promise<string> {
  const folder = await emptyFolder();
  for (const [name, content] of Object.entries({ 'package.json': '{"type":"module"}', ...files })) {
    mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
    writeFileSync(path.join(folder, name), content);
  }
  return folder;
}

/** Its test files, as they are before a run. */
async function testsOf(folder: string): Promise<TestFile[]> {
  const paths = testPaths(folder);
  const build = await buildTests(folder, paths);
  build?.remove();
  return examine(folder, paths, build?.inputs);
}

const reasons = async (folder: string): Promise<Record<string, string | undefined>> =>
  Object.fromEntries((await testsOf(folder)).map(({ path, notUnit }) => [path, notUnit]));

test('a test file is a unit test by what it loads, however far away, and by nothing else', async () => {
  const folder = await project({
    'test/rule.test.ts': `import { sum } from '../sum.ts'; sum();`,
    'sum.ts': `import type { Server } from 'node:http'; export const sum = (_?: Server) => 1;`,
    'test/far.test.ts': `import '../middle.ts';`,
    'middle.ts': `export * from './server.ts';`,
    'server.ts': `import http from 'node:http'; export const server = http.createServer();`,
    'test/later.test.ts': `const { execFile } = await import('child_process'); execFile('ls');`,
    'test/page.test.ts': `import { chromium } from 'playwright-core'; chromium;`,
    'test/faces.test.ts': `import { InferenceSession } from 'onnxruntime-node'; InferenceSession;`,
    'test/hook.test.ts': `import { before } from 'node:test';\nbefore(() => {});\n`,
    'test/group.test.ts': `import { before, describe } from 'node:test';\ndescribe('a', () => {\n  before(() => {});\n});\n`,
  });
  assert.deepEqual(await reasons(folder), {
    'test/rule.test.ts': undefined,
    'test/far.test.ts': 'the network',
    'test/later.test.ts': 'other processes',
    'test/page.test.ts': 'a browser',
    'test/faces.test.ts': 'native code',
    'test/hook.test.ts': 'hooks outside of describe',
    'test/group.test.ts': undefined,
  });
});

test('a file that cannot be read costs only the shared process', async () => {
  const folder = await project({ 'test/a.test.ts': `import './gone.ts';` });
  assert.deepEqual(await reasons(folder), { 'test/a.test.ts': 'not readable' });
});

test('of the project itself, the rules, texts, parsers and the synthesiser are unit tests', async () => {
  const files = await testsOf(root);
  const unit = files.filter(({ notUnit }) => notUnit === undefined).map(({ path }) => path);
  for (const file of [
    'test/party/arrivals/arrival-rule.test.ts',
    'test/bot/wording.test.ts',
    'test/local/telegram/text/format.test.ts',
    'test/carols/render.test.ts',
    'test/vision/tracker.test.ts',
  ])
    assert.ok(unit.includes(file), file);
  assert.ok(unit.length >= 50, `${unit.length} files`);
  assert.ok(!unit.includes('test/road.test.ts'));
});

test('the process of the unit tests refuses what none of them may do', async () => {
  const folder = await project({
    'test/bad.test.ts': `
      import { spawn, spawnSync, fork } from 'node:child_process';
      import { createSocket } from 'node:dgram';
      import { createServer } from 'node:http';
      import { connect } from 'node:net';
      import { test } from 'node:test';
      import { Worker } from 'node:worker_threads';
      test('fetches', () => fetch('http://127.0.0.1:60999/'));
      test('connects', () => { connect(9, '127.0.0.1'); });
      test('listens', () => { createServer().listen(0); });
      test('sends', () => { createSocket('udp4').send('x', 9, '127.0.0.1'); });
      test('spawns', () => { spawn('ls'); });
      test('spawns and waits', () => { spawnSync('ls'); });
      test('forks', () => { fork('x.mjs'); });
      test('starts a thread', () => { new Worker('', { eval: true }); });
    `,
    'test/good.test.ts': `import { test } from 'node:test'; test('thinks', () => {});`,
    'test/broken.test.ts': `throw new Error('does not load');`,
  });
  const outcome = await runProcess(
    {
      name: 'unit',
      args: [
        path.join(root, 'scripts/test/unit-tests.ts'),
        ...['bad', 'good', 'broken'].map((name) => path.join(folder, `test/${name}.test.ts`)),
      ],
    },
    root,
    120_000,
  );
  const passed = outcome.ended.filter(({ ok }) => ok).map(({ name }) => name);
  assert.deepEqual(passed, ['thinks'], outcome.output);
  assert.equal(outcome.ended.length, 10, outcome.output);
  assert.equal(outcome.failures.match(/A unit test may not/g)?.length, 8, outcome.failures);
  assert.match(outcome.failures, /does not load/);
});
