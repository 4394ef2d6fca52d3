import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { TOKEN } from '../local/telegram/stand.ts';
import { openCloud } from './cloud.ts';
import { run } from './command.ts';

const withToken = { BOT_TOKEN: TOKEN };
const deploy = ['deploy', '--yes'];

describe('deploy makes a house anew of what is left', () => {
  for (const [title, state, says] of [
    ['of a first deployment that failed', 'rolled back', /Table removed/],
    ['of one that was broken off before it was begun', 'never executed', /Table removed/],
    [
      'of one that could not be taken back either, and says what stays',
      'not rolled back',
      /SetupResource FAILED[\s\S]*MusicalJoy-setup could not be removed/,
    ],
  ] as const) {
    test(title, async (t) => {
      const cloud = await openCloud(t, { cloudformation: state });
      const { code, stdout, stderr } = await run(t, cloud, deploy, withToken);
      assert.equal(code, 0, stdout + stderr);
      assert.match(stdout, /A house called MusicalJoy is going to be made\./);
      assert.match(stdout, /Removing what an earlier try has left[\s\S]*Done in[\s\S]*Building the Lambdas/);
      assert.match(stdout, says);
      assert.doesNotMatch(stdout, /DataStream FAILED/, 'what failed in the earlier try is not told again');
      assert.match(stdout, /Table made[\s\S]*t\.me/);
      assert.equal(cloud.recorded.state('cloudformation'), 'awake');
      assert.deepEqual(cloud.recorded.unanswered, []);
    });
  }
});

describe('a change that could be neither made nor taken back', () => {
  test('is taken back by the next deployment, which then goes on', async (t) => {
    const cloud = await openCloud(t, { cloudformation: 'half taken back' });
    const { code, stdout, stderr } = await run(t, cloud, deploy, withToken);
    assert.equal(code, 0, stdout + stderr);
    assert.match(stdout, /The house MusicalJoy is there/);
    assert.match(
      stdout,
      /taking back a change[\s\S]*Match\w* changed[\s\S]*Done in[\s\S]*Building the Lambdas/,
    );
    const asked = cloud.recorded.operations('cloudformation');
    assert.ok(asked.indexOf('ContinueUpdateRollback') < asked.indexOf('CreateChangeSet'), asked.join(' '));
    assert.ok(!asked.includes('DeleteStack'), 'guests and songs are in it');
    assert.deepEqual(cloud.recorded.unanswered, []);
  });

  test('is told of with its reason and the way out when that does not help', async (t) => {
    const cloud = await openCloud(t, { cloudformation: 'not to be taken back' });
    const { code, stdout, stderr } = await run(t, cloud, deploy, withToken);
    assert.equal(code, 1, stdout);
    assert.match(stderr, /^A change of MusicalJoy failed before, and CloudFormation cannot take it back\./);
    assert.match(stderr, /\n {2}MatchFunction \(AWS::Lambda::Function\): .*Function not found/);
    assert.match(stderr, /Continue update rollback/);
    const asked = cloud.recorded.operations('cloudformation');
    assert.ok(!asked.includes('CreateChangeSet') && !asked.includes('DeleteStack'), asked.join(' '));
    assert.deepEqual(cloud.recorded.unanswered, []);
  });

  for (const command of ['sleep', 'wake']) {
    test(`is nothing for ${command}, which points to deploy`, async (t) => {
      const cloud = await openCloud(t, { cloudformation: 'half taken back' });
      const { code, stderr } = await run(t, cloud, [command]);
      assert.equal(code, 1);
      assert.match(
        stderr,
        /^The house MusicalJoy is not whole \(UPDATE_ROLLBACK_FAILED\)\. Run npm run deploy/,
      );
      assert.deepEqual(cloud.recorded.operations('cloudformation'), ['DescribeStacks']);
    });
  }
});
