import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { CloudFormationClient } from '@aws-sdk/client-cloudformation';
import { CreateAccessKeyCommand, IAMClient } from '@aws-sdk/client-iam';
import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { CreateSecretCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { Progress } from '../../deploy/stack/progress.ts';
import { needsRecovery, recoverStack } from '../../deploy/stack/recover.ts';
import { removeStack } from '../../deploy/stack/remove.ts';
import { readStack } from '../../deploy/stack/state.ts';
import { startAwsServer } from '../../local/aws/server.ts';
import { credentials, pointAtThisMachine } from '../../local/environment.ts';
import { templateOf } from '../infra/synthesised.ts';
import { afterwards, openHook, openStand, standToken } from '../local/telegram/stand.ts';
import { openCloudFormation } from '../support/cloudformation.ts';
import { keptLog } from '../support/log.ts';
import { shareOf } from '../support/rounds.ts';
import { FailingHandlers, type Failure } from '../support/stack/cloudformation/failing.ts';
import { HouseHandlers } from '../support/stack/cloudformation/house-handlers.ts';
import { houseSetup } from '../support/stack/cloudformation/house-setup.ts';
import { CloudFormationModel } from '../support/stack/cloudformation/service.ts';
import { StackModel } from '../support/stack/cloudformation/stack.ts';
import { iamWith } from '../support/stack/iam.ts';
import type { Template } from '../support/stack/template.ts';
import { openAws } from '../support/whole-aws.ts';

const name = 'MusicalJoy';
const region = 'us-east-1';

/** The house as `npm run deploy` and `npm run sleep` ask for it. */
const house = (recognition: 'images' | 'video', asleep = false): Template =>
  templateOf({
    recognition,
    asleep,
    deletePicturesOnDestroy: false,
    botSecretVersion: undefined,
  }).toJSON() as Template;

const templates = {
  images: house('images'),
  video: house('video'),
  asleep: house('images', true),
  'video asleep': house('video', true),
} as const;
type Name = keyof typeof templates;

/** The same with other code, so that the house is set up anew. */
const withNewCode = (template: Template): Template => {
  const text = JSON.stringify(template);
  const [, version = ''] = /"Version":"(\w+\.zip)"/.exec(text) ?? [];
  return JSON.parse(text.replaceAll(version, `0${version.slice(1)}`)) as Template;
};

/** An account in which houses are made and deleted, with the commands' own client. */
async function openAccount(t: TestContext) {
  const log = keptLog();
  const telegram = await openStand(t);
  const hook = await openHook(t);
  const iam = iamWith([]);
  const aws = await openAws({ others: [iam.service] });
  afterwards(t, () => aws.close());
  pointAtThisMachine(aws.url, telegram.root);
  const options = { endpoint: aws.url, region, credentials };
  const SecretString = JSON.stringify({
    token: standToken,
    webhookSecret: 'w'.repeat(32),
    claimCode: 'c'.repeat(16),
  });
  await new SecretsManagerClient(options).send(
    new CreateSecretCommand({ Name: `${name}/bot`, SecretString }),
  );

  const setup = await houseSetup(telegram.root, log);
  const cloudFormation = await openCloudFormation(t);
  const there = new HouseHandlers({
    ...{ stackName: name, options, iam, cloudFormation, setup, webhookUrl: hook.url },
  });
  const handlers = new FailingHandlers(there);
  const model = new CloudFormationModel({
    open: (stackName) => new StackModel(stackName, handlers),
    read: async () => templates.images,
  });
  const server = await startAwsServer({ port: 0, services: [model.service], credentials });
  afterwards(t, () => server.close());
  const client = new CloudFormationClient({ ...options, endpoint: server.url });
  afterwards(t, () => client.destroy());

  const stack = (): StackModel => model.stacks.at(-1)!;
  const state = async () => (await readStack(client, name))!;
  const withProgress = async <Result>(act: (progress: Progress) => Promise<Result>): Promise<Result> => {
    const progress = new Progress(() => {}, 20);
    try {
      return await act(progress);
    } finally {
      progress.close();
    }
  };
  return {
    ...{ handlers, there, stack, log },
    async create(template: Template) {
      model.stacks.push(new StackModel(name, handlers));
      await stack().create(template);
    },
    /** What `npm run deploy` does before it deploys. */
    async recover() {
      const found = await readStack(client, name);
      if (found && needsRecovery(found))
        await withProgress((progress) => recoverStack(client, found, name, progress));
    },
    /** What `npm run destroy` does of the stack. @returns what it names as left */
    async destroy(): Promise<string[]> {
      const found = await state();
      return withProgress((progress) => removeStack(client, found, name, progress));
    },
    /** As it is after a party or two: pictures in the bucket, a key of the producer's. */
    async use() {
      const resources = [...stack().resources.values()];
      const nameOf = (type: string) => resources.find((one) => one.type === type)!.made.ref;
      await new IAMClient(options).send(new CreateAccessKeyCommand({ UserName: nameOf('AWS::IAM::User') }));
      await new S3Client(options).send(
        new PutObjectCommand({ Bucket: nameOf('AWS::S3::Bucket'), Key: 'photos/1.jpg', Body: 'x' }),
      );
    },
  };
}
type Account = Awaited<ReturnType<typeof openAccount>>;

/** What is to be kept whatever becomes of the stack: the guests' pictures. */
const isKept = (one: string): boolean => one.startsWith('AWS::S3::Bucket ');

/** Each failure that a change can have, by what it did when nothing failed. */
const failuresIn = (calls: Account['handlers']['calls']): Failure[] =>
  calls.flatMap(([action, id]) => {
    const failure = { action, id, done: false };
    return action === 'remove' ? [failure] : [failure, { ...failure, done: true }];
  });

const wordsFor = ({ action, id, done }: Failure): string =>
  `${action} ${id} fails${done ? ' once it is done' : ''}`;

test('a first deployment that fails at any resource leaves nothing in the way of the next', async (t) => {
  const account = await openAccount(t);
  const { handlers, there, stack } = account;
  await account.create(templates.video);
  assert.equal(stack().status, 'CREATE_COMPLETE');
  const failures = failuresIn(handlers.calls);
  await account.use();
  assert.deepEqual(await account.destroy(), []);
  assert.deepEqual(partsOf(there.there), []);
  assert.equal(there.there.filter(isKept).length, 1, 'the pictures stay');

  for (const failure of shareOf(t, failures, 2)) {
    const which = wordsFor(failure);
    // It cannot be deleted at once either.
    const alsoStays = { ...failure, action: 'remove' } as const;
    for (const stays of [[], [alsoStays]]) {
      handlers.failNext(failure, ...stays);
      await account.create(templates.video);
      assert.match(stack().status, /^ROLLBACK_(COMPLETE|FAILED)$/, which);
      handlers.failNext();
      await account.recover();
      assert.equal(stack().status, 'DELETE_COMPLETE', which);
      assert.deepEqual(partsOf(there.there), [], which);
    }
    await account.create(templates.video);
    assert.equal(stack().status, 'CREATE_COMPLETE', which);
    assert.deepEqual(await account.destroy(), [], which);
  }
});

const ways: ReadonlyArray<readonly [from: Name, to: Name]> = [
  ['images', 'video'],
  ['video', 'images'],
  ['images', 'asleep'],
  ['asleep', 'images'],
  ['video', 'video asleep'],
  ['video asleep', 'video'],
];

test('a change that fails at any resource leaves the house as it was, and it can go on or be destroyed', async (t) => {
  const account = await openAccount(t);
  const { handlers, there, stack } = account;
  for (const [from, to] of shareOf(t, ways, 2)) {
    const wanted = withNewCode(templates[to]);
    await account.create(templates[from]);
    const before = partsOf(there.there);
    handlers.calls.length = 0;
    await stack().update(wanted);
    assert.equal(stack().status, 'UPDATE_COMPLETE');
    const after = partsOf(there.there);
    const failures = failuresIn(handlers.calls);
    assert.ok(failures.length > 10);
    await stack().update(templates[from]);

    for (const failure of shareOf(t, failures, 1)) {
      const which = `${from} to ${to}, ${wordsFor(failure)}`;
      for (const back of [[], [{ ...failure, done: false }]]) {
        handlers.failNext(failure, ...back);
        await stack().update(wanted);
        // What is left over is deleted once all is changed, and that is tried again.
        if (failure.action === 'remove') assert.equal(stack().status, 'UPDATE_COMPLETE', which);
        else {
          assert.match(stack().status, /^UPDATE_ROLLBACK_(COMPLETE|FAILED)$/, which);
          handlers.failNext();
          await account.recover();
          assert.equal(stack().status, 'UPDATE_ROLLBACK_COMPLETE', which);
          assert.deepEqual(partsOf(there.there), before, which);
          await stack().update(wanted);
          assert.equal(stack().status, 'UPDATE_COMPLETE', which);
        }
        assert.deepEqual(partsOf(there.there), after, which);
        await stack().update(templates[from]);
        assert.equal(stack().status, 'UPDATE_COMPLETE', which);
        assert.deepEqual(partsOf(there.there), before, which);
      }
      // Nor is it in the way of its end.
      handlers.failNext(failure, { ...failure, done: false });
      await stack().update(wanted);
      handlers.failNext();
      await account.use();
      assert.deepEqual(await account.destroy(), [], which);
      assert.equal(stack().status, 'DELETE_COMPLETE', which);
      assert.deepEqual(partsOf(there.there), [], which);
      await account.create(templates[from]);
    }
    await account.destroy();
  }
});

test('a house whose deletion fails at any resource can be destroyed by the same command, which names what stays', async (t) => {
  const account = await openAccount(t);
  const { handlers, there, stack } = account;
  await account.create(templates.video);
  handlers.calls.length = 0;
  await account.destroy();
  for (const failure of shareOf(t, failuresIn(handlers.calls), 1)) {
    const which = wordsFor(failure);
    for (const [times, stays] of [
      [1, false],
      [2, true],
    ] as const) {
      await account.create(templates.video);
      await account.use();
      handlers.failNext(...Array.from({ length: times }, () => failure));
      const left = await account.destroy();
      assert.equal(stack().status, 'DELETE_COMPLETE', which);
      assert.equal(left.length > 0, stays, `${which}: ${left.join()}`);
      assert.equal(
        partsOf(there.there).length,
        left.filter((one) => !one.startsWith('setup-')).length,
        which,
      );
      assert.deepEqual(handlers.pending, [], which);
      await there.sweep();
    }
  }
});

/** What there is, without what is kept, and without what makes a name of CloudFormation's another one each time. */
const partsOf = (there: readonly string[]): string[] =>
  there.flatMap((one) => (isKept(one) ? [] : [one.replace(/-\d+$/, '')])).sort();
