import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { before, describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { emptyFolder } from './support/folder.ts';
import { nodeArguments } from './support/node-arguments.ts';

let folder: string;

before(async () => {
  folder = await emptyFolder();
  await writeFile(path.join(folder, '.env'), 'CAMERA_URL=rtsp://bell:12#s3cret@192.168.1.20/1\n');
  await writeFile(path.join(folder, 'cut.env'), 'CAMERA_PASSWORD=s3 cret #1\n');
});

/** Runs a program of the project in the folder. */
function run(
  program: string,
  args: readonly string[],
  env: Record<string, string> = {},
): Promise<{ code: number; output: string }> {
  const { PATH = '', HOME = '' } = process.env;
  const { execArgv, file } = nodeArguments(fileURLToPath(new URL(`../${program}`, import.meta.url)));
  const all = [...execArgv, file, ...args];
  return new Promise((resolve) => {
    execFile(process.execPath, all, { cwd: folder, env: { PATH, HOME, ...env } }, (error, stdout, stderr) =>
      resolve({ code: Number(error?.code ?? 0), output: stdout + stderr }),
    );
  });
}

describe('a # outside of quotes in a camera setting', { concurrency: 2 }, () => {
  for (const [program, args, name, env = {}] of [
    ['local/start.ts', ['--no-open'], /In \.env, a part of CAMERA_URL is cut off/],
    ['producer/try-camera/main.ts', [], /In \.env, a part of CAMERA_URL is cut off/],
    ['producer/main.ts', ['--env-file', 'cut.env'], /In cut\.env, a part of CAMERA_PASSWORD is cut off/],
    [
      'producer/main.ts',
      [],
      /In cut\.env, a part of CAMERA_PASSWORD is cut off/,
      { ENV_FILE_AS_WRITTEN: 'cut.env' },
    ],
    ['deploy/doctor.ts', [], /In \.env, a part of CAMERA_URL is cut off/],
  ] as const) {
    test(`is refused by ${program} ${args.join(' ')} in words that hold nothing of it`, async () => {
      const { code, output } = await run(program, args, env);
      assert.notEqual(code, 0);
      assert.match(output, name);
      assert.doesNotMatch(output, /s3|cret|bell|12|192/);
    });
  }
});

describe('an address on the command line', { concurrency: 2 }, () => {
  for (const program of [
    'local/start.ts',
    'producer/main.ts',
    'producer/try-camera/main.ts',
    'deploy/doctor.ts',
  ]) {
    test(`is refused by ${program} and not repeated`, async () => {
      const { code, output } = await run(program, ['rtsp://bell:s3cret@192.168.1.20/1']);
      assert.equal(code, 2);
      assert.doesNotMatch(output, /s3cret|bell/);
    });
  }
});
