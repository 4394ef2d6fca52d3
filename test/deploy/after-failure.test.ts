import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { standToken } from '../local/telegram/stand.ts';
import { openCloud } from './cloud.ts';
import { run, runUntil } from './command.ts';

const withToken = { BOT_TOKEN: standToken };
const deploy = ['deploy', '--yes'];

/** From here on, all is as it is when nothing was there. */
const goesOn = /Building the Lambdas/;

describe('deploy removes first what is left', () => {
  test('of a first deployment that failed, and makes the house', async (t) => {
    const cloud = await openCloud(t, { cloudformation: 'rolled back' });
    const { code, stdout, stderr } = await run(cloud, deploy, withToken);
    assert.equal(code, 0, stdout + stderr);
    assert.match(stdout, /A house called MusicalJoy is going to be made\./);
    assert.match(
      stdout,
      /Removing what an earlier try has left[\s\S]*Table removed[\s\S]*Done in[\s\S]*Building the Lambdas/,
    );
    assert.doesNotMatch(stdout, /DataStream FAILED/, 'what failed in the earlier try is not told again');
    assert.match(stdout, /Table made[\s\S]*t\.me/);
    assert.equal(cloud.recorded.state('cloudformation'), 'awake');
    assert.deepEqual(cloud.recorded.unanswered, []);
  });

  for (const [title, state, says] of [
    ['of one that was broken off before it was begun', 'never executed', /Table removed[\s\S]*Done in/],
    [
      'of one that could not be taken back either, and says what stays',
      'not rolled back',
      /SetupResource FAILED[\s\S]*SetupResource kept[\s\S]*MusicalJoy-setup could not be removed[\s\S]*Done in/,
    ],
  ] as const) {
    test(title, async (t) => {
      const cloud = await openCloud(t, { cloudformation: state });
      const stdout = await runUntil(cloud, goesOn, deploy, withToken);
      assert.match(stdout, says);
      assert.equal(cloud.recorded.state('cloudformation'), 'deleted');
      assert.deepEqual(cloud.recorded.unanswered, []);
    });
  }
});

describe('a change that could be neither made nor taken back', () => {
  test('is taken back by the next deployment, which then goes on', async (t) => {
    const cloud = await openCloud(t, { cloudformation: 'half taken back' });
    const stdout = await runUntil(cloud, goesOn, deploy, withToken);
    assert.match(stdout, /The house MusicalJoy is there/);
    assert.match(stdout, /taking back a change[\s\S]*MatchFunction changed[\s\S]*Done in/);
    assert.equal(cloud.recorded.state('cloudformation'), 'taken back');
    assert.ok(
      !cloud.recorded.operations('cloudformation').includes('DeleteStack'),
      'guests and songs are in it',
    );
    assert.deepEqual(cloud.recorded.unanswered, []);
  });

  test('is told of with its reason and the way out when that does not help', async (t) => {
    const cloud = await openCloud(t, { cloudformation: 'not to be taken back' });
    const { code, stdout, stderr } = await run(cloud, deploy, withToken);
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
      const { code, stderr } = await run(cloud, [command]);
      assert.equal(code, 1);
      assert.match(
        stderr,
        /^The house MusicalJoy is not whole \(UPDATE_ROLLBACK_FAILED\)\. Run npm run deploy/,
      );
      assert.deepEqual(cloud.recorded.operations('cloudformation'), ['DescribeStacks']);
    });
  }
});
