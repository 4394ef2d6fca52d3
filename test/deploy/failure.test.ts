import assert from 'node:assert/strict';
import { access, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { test } from 'node:test';
import { standToken } from '../local/telegram/stand.ts';
import { openCloud } from './cloud.ts';
import { run, runProcess } from './command.ts';

test('a deployment that fails says what failed first, in words, and what to do', async (t) => {
  const cloud = await openCloud(t, { cloudformation: 'failing' });
  const { code, stdout, stderr } = await run(cloud, ['deploy', '--yes', '--producer-key'], {
    BOT_TOKEN: standToken,
  });
  assert.equal(code, 1);
  assert.match(stderr, /^The deployment of MusicalJoy failed, and CloudFormation has taken back/);
  assert.match(
    stderr,
    /\n {2}DataStream \(AWS::Kinesis::Stream\): .*You have reached the limit of 200 shards/,
  );
  assert.doesNotMatch(stderr, /RequestToken|HandlerErrorCode|creation cancelled/);
  assert.match(stderr, /run the same command again/);
  assert.deepEqual(cloud.recorded.unanswered, []);
  assert.ok(!stdout.includes('t.me'), 'there is no host of a house that is not there');
  await assert.rejects(access(path.join(cloud.folder, 'producer.env')));
  assert.ok(!cloud.recorded.operations('iam').includes('CreateAccessKey'));
  assert.equal((await cloud.secret())?.token, standToken, 'the next try need not ask for it');
  assert.match(stdout, /token stays in the secret MusicalJoy\/bot .*npm run destroy deletes it\.\n$/);
});

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
