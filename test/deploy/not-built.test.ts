import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { test } from 'node:test';
import { standToken } from '../local/telegram/stand.ts';
import { openCloud } from './cloud.ts';
import { runProcess } from './command-process.ts';

test('Lambdas that cannot be built are told of with what the bundler said, and change nothing', {
  skip: process.platform === 'win32' && 'needs a script in place of npm',
}, async (t) => {
  const cloud = await openCloud(t);
  const npm = path.join(cloud.folder, 'npm');
  await writeFile(npm, '#!/bin/sh\necho "there is no registry here" >&2\nexit 1\n', { mode: 0o755 });
  // As `npm run` does it: the CDK's app, which bundles, in a process of its own.
  const { code, stdout, stderr } = await runProcess(t, cloud, ['deploy', '--yes'], {
    BOT_TOKEN: standToken,
    PATH: `${cloud.folder}${path.delimiter}${process.env.PATH}`,
    LAMBDA_CACHE: path.join(cloud.folder, 'nothing built yet'),
  });
  assert.equal(code, 1, stdout);
  assert.match(
    stderr,
    /^The Lambdas could not be built, and nothing was changed\.\n[\s\S]*there is no registry here/,
  );
  assert.match(stdout, /Building the Lambdas[\s\S]*token stays in the secret MusicalJoy\/bot/);
  assert.deepEqual(
    cloud.recorded.operations('cloudformation').filter((operation) => !/^(Describe|Get)/.test(operation)),
    [],
  );
});
