/**
 * `npm test`: installs what is missing, then checks types, lint and the import rule, and runs all tests. Stops
 * at the first of these that fails. `npm test -- carols welcome` runs only the tests whose file names contain
 * one of the words, without the checks.
 */
import { spawn } from 'node:child_process';
import { readdirSync } from 'node:fs';
import path from 'node:path';
import { ensurePackages, root } from './packages.mjs';

const words = process.argv.slice(2);
const files = testFiles().filter((file) => words.length === 0 || words.some((word) => file.includes(word)));
if (files.length === 0) {
  console.error(
    words.length === 0 ? 'There are no tests.' : `No test file's name contains ${words.join(' or ')}.`,
  );
  process.exit(1);
}

await ensurePackages({ dev: true });

const tsc = 'node_modules/typescript/bin/tsc';
const checks = [
  ['Types', [tsc]],
  ["Types of the page's browser side", [tsc, '-p', 'local/page/browser']],
  ['Lint, format and the import rule', ['node_modules/@biomejs/biome/bin/biome', 'ci']],
];
// The reporter is node's own "spec", with the skipped tests and their reasons before the summary. No test takes
// anything like ten minutes: one that does hangs, and is to fail rather than to hold up the others.
const tests = [
  '--import',
  'tsx',
  '--test',
  '--test-timeout=600000',
  '--test-reporter=./scripts/skipped-reporter.mjs',
  ...files,
];
const stages = [...(words.length === 0 ? checks : []), [`Tests (${files.length} files)`, tests]];

for (const [name, args] of stages) {
  console.log(`\n${name}`);
  const code = await run(args);
  if (code !== 0) {
    console.error(`\nFailed: ${name}`);
    process.exit(code);
  }
}

/** All test files of the project. (They are listed here because Node 20's runner takes no patterns.) */
function testFiles() {
  return readdirSync(path.join(root, 'test'), { recursive: true })
    .filter((file) => file.endsWith('.test.ts'))
    .map((file) => path.join('test', file).replaceAll('\\', '/'))
    .sort();
}

/** Runs node with arguments in the project's folder; a signal ends it too. Its exit code. */
function run(args) {
  const child = spawn(process.execPath, args, { cwd: root, stdio: 'inherit' });
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'];
  const pass = (signal) => child.kill(signal);
  for (const signal of signals) process.on(signal, pass);
  return new Promise((resolve) => {
    child.on('close', (code, signal) => {
      for (const signal of signals) process.off(signal, pass);
      if (signal) console.error(`Ended by ${signal}.`);
      resolve(code ?? 1);
    });
  });
}
