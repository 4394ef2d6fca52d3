import assert from 'node:assert/strict';
import { access } from 'node:fs/promises';
import path from 'node:path';
import { test } from 'node:test';
import { standToken } from '../local/telegram/stand.ts';
import { openCloud } from './cloud.ts';
import { run } from './command.ts';

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
