import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { standToken } from '../local/telegram/stand.ts';
import { openCloud } from './cloud.ts';
import { run, runUntil } from './command.ts';

const withToken = { BOT_TOKEN: standToken };
const deploy = ['deploy', '--yes'];
const unprepared = { ssm: 'no bootstrap', bootstrap: 'none' };

describe('an account that cannot be prepared for the CDK', () => {
  test('because its user may not make roles, is prepared by an administrator the next time', async (t) => {
    const cloud = await openCloud(t, { ...unprepared, bootstrap: 'refused' });
    const { code, stdout, stderr } = await run(cloud, deploy, withToken);
    assert.equal(code, 1, stdout);
    assert.match(stderr, /^The account could not be prepared for the CDK, and CloudFormation has taken back/);
    assert.match(
      stderr,
      /\n {2}FilePublishingRole \(AWS::IAM::Role\): .*not authorized to perform: iam:CreateRole/,
    );
    assert.match(stderr, /AdministratorAccess.*run the same command again/);
    assert.doesNotMatch(stderr, /RequestToken|Request ID/);
    assert.match(stdout, /token stays in the secret MusicalJoy\/bot/);
    assert.equal(cloud.recorded.state('cloudformation'), 'none', 'no house was begun');
    assert.deepEqual(cloud.recorded.unanswered, []);

    const again = await runUntil(cloud, /Building the Lambdas/, deploy);
    assert.match(again, /Preparing the account for the CDK[\s\S]*Done in/);
    assert.equal(cloud.recorded.state('bootstrap'), 'there');
    assert.deepEqual(cloud.recorded.unanswered, []);
  });

  test('because its user may do nothing in CloudFormation, is told what it takes', async (t) => {
    const cloud = await openCloud(t, { ...unprepared, bootstrap: 'denied' });
    const { code, stdout, stderr } = await run(cloud, deploy, withToken);
    assert.equal(code, 1, stdout);
    assert.match(
      stderr,
      /^Your AWS user may not do this: cloudformation:CreateChangeSet\. .*AdministratorAccess/,
    );
    assert.match(stdout, /token stays in the secret MusicalJoy\/bot/);
    assert.deepEqual(cloud.recorded.unanswered, []);
  });

  test('because somebody made CDKToolkit by hand, is told how', async (t) => {
    // The stack is there, and CloudFormation sees nothing to change in it; but there is no version of it.
    const cloud = await openCloud(t, { ...unprepared, bootstrap: 'by hand' });
    const { code, stdout, stderr } = await run(cloud, deploy, withToken);
    assert.equal(code, 1, stdout);
    assert.match(stderr, /^The CDK's own stack CDKToolkit is there, but not as the CDK makes it/);
    assert.match(stdout, /token stays in the secret MusicalJoy\/bot/);
    assert.deepEqual(cloud.recorded.unanswered, []);
  });

  for (const [title, state, says] of [
    [
      'could not be deleted',
      'not deleted',
      /^The CDK's own stack CDKToolkit is broken.*\(DELETE_FAILED\).*Delete it in the AWS console/,
    ],
    [
      'could not be taken back',
      'half taken back',
      /^The CDK's own stack CDKToolkit is stuck.*Continue update rollback/,
    ],
    [
      'is being changed',
      'busy',
      /^CloudFormation is at work on CDKToolkit just now \(UPDATE_IN_PROGRESS\)\. Wait/,
    ],
  ] as const) {
    test(`because CDKToolkit ${title}, is left as it is, and nothing is made`, async (t) => {
      const cloud = await openCloud(t, { ...unprepared, bootstrap: state });
      const { code, stderr } = await run(cloud, deploy, withToken);
      assert.equal(code, 1);
      assert.match(stderr, says);
      assert.equal(await cloud.secret(), undefined);
      assert.deepEqual(cloud.recorded.unanswered, []);
    });
  }
});
