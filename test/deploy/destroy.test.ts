import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { HeadBucketCommand } from '@aws-sdk/client-s3';
import { openCloud, things } from './cloud.ts';
import { run } from './command.ts';

const keep = ['destroy', '--yes', '--pictures', 'keep'];

describe('destroy', () => {
  test('asks nobody who is not there, and removes nothing then', async (t) => {
    const cloud = await openCloud(t, { cloudformation: 'awake' });
    for (const args of [[], ['--yes'], ['--pictures', 'keep']]) {
      const { code, stderr } = await run(cloud, ['destroy', ...args]);
      assert.equal(code, 1);
      assert.match(stderr, /^This is not a terminal.*--yes and --pictures keep/);
    }
    assert.deepEqual(cloud.recorded.asked, []);
  });

  test('keeps the pictures when that is wished, and says where they are', async (t) => {
    const cloud = await openCloud(t, { cloudformation: 'asleep', iam: 'the old key' });
    const { code, stdout, stderr } = await run(cloud, keep);
    assert.equal(code, 0, stdout + stderr);
    assert.match(stdout, new RegExp(`What is left[\\s\\S]*the bucket ${things.bucket}, as you wished`));
    await cloud.s3.send(new HeadBucketCommand({ Bucket: things.bucket }));
    assert.deepEqual(cloud.recorded.unanswered, []);
  });

  test('finds a kept bucket again when the house is long gone, and deletes it then', async (t) => {
    const cloud = await openCloud(t, { cloudformation: 'deleted', iam: 'no user' });
    const { code, stdout, stderr } = await run(cloud, ['destroy', '--yes', '--pictures', 'delete']);
    assert.equal(code, 0, stdout + stderr);
    assert.match(stdout, new RegExp(`The bucket ${things.bucket} was deleted`));
    await assert.rejects(cloud.s3.send(new HeadBucketCommand({ Bucket: things.bucket })), {
      name: 'NotFound',
    });
  });

  test("leaves another program's stack of that name as it is", async (t) => {
    const cloud = await openCloud(t, { cloudformation: "another program's" });
    const { code, stderr } = await run(cloud, keep);
    assert.equal(code, 1);
    assert.match(stderr, /^There is a stack called MusicalJoy here that is no house/);
    assert.deepEqual(cloud.recorded.operations('cloudformation'), ['DescribeStacks']);
  });

  for (const [title, state] of [
    ['a house that was never made whole', 'rolled back'],
    ['a house that could not be deleted before', 'not deleted'],
  ] as const) {
    test(`removes ${title}`, async (t) => {
      const cloud = await openCloud(t, { cloudformation: state });
      const { code, stdout, stderr } = await run(cloud, keep);
      assert.equal(code, 0, stdout + stderr);
      assert.match(stdout, /MusicalJoy is gone\./);
      assert.equal(cloud.recorded.state('cloudformation'), 'deleted');
      assert.deepEqual(cloud.recorded.unanswered, []);
    });
  }

  test('says what is in the way when even force does not help, and that it can be tried again', async (t) => {
    const cloud = await openCloud(t, { cloudformation: 'stuck for good' });
    const { code, stdout, stderr } = await run(cloud, keep);
    assert.equal(code, 1, stdout);
    assert.match(
      stderr,
      /^MusicalJoy could not be removed whole\.\n\n {2}SetupResource \(Custom::MusicalJoySetup\): /,
    );
    assert.match(stderr, /run npm run destroy again/);
    assert.doesNotMatch(stdout, /is gone|secret.*deleted/, 'the secret stays until the stack is gone');
    assert.deepEqual(cloud.recorded.unanswered, []);
  });

  test('goes on by force when CloudFormation gives up, and says what could not be deleted', async (t) => {
    const cloud = await openCloud(t, { cloudformation: 'stuck' });
    const { code, stdout, stderr } = await run(cloud, keep);
    assert.equal(code, 0, stdout + stderr);
    assert.match(
      stdout,
      /SetupResource FAILED[\s\S]*is gone[\s\S]*What is left[\s\S]*MusicalJoy-setup, which CloudFormation could not delete/,
    );
    const deletions = cloud.recorded.asked.filter(({ operation }) => operation === 'DeleteStack');
    assert.deepEqual(
      deletions.map(({ input }) => input.DeletionMode),
      [undefined, 'FORCE_DELETE_STACK'],
    );
  });
});
