import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { GetObjectCommand } from '@aws-sdk/client-s3';
import { createCustomResource } from '../../lambdas/setup/custom-resource.ts';
import { startAwsServer } from '../../local/aws/server.ts';
import { credentials } from '../../local/environment.ts';
import { templateOf } from '../infra/synthesised.ts';
import { afterwards, standToken } from '../local/telegram/stand.ts';
import { openCloudFormation } from '../support/cloudformation.ts';
import { type FaultyAws, startFaultyAws } from '../support/faulty-aws.ts';
import { keptLog } from '../support/log.ts';
import { refusals } from '../support/refusals.ts';
import { isLong, shareOf } from '../support/rounds.ts';
import { HouseHandlers } from '../support/stack/cloudformation/house-handlers.ts';
import { CloudFormationModel } from '../support/stack/cloudformation/service.ts';
import { StackModel } from '../support/stack/cloudformation/stack.ts';
import { iamWith } from '../support/stack/iam.ts';
import type { Template } from '../support/stack/template.ts';
import { assetsBucket, openCloud } from './cloud.ts';
import { type Ended, run } from './command.ts';
import { region } from './command-environment.ts';

const name = 'MusicalJoy';

/** What is done to a house by video, and to an account that may not have that any more. */
const commands = {
  'deploy, back to images': ['deploy', '--yes', '--recognition', 'images'],
  sleep: ['sleep'],
  destroy: ['destroy', '--yes', '--pictures', 'delete'],
  doctor: ['doctor', '--name', name],
} as const;
type CommandName = keyof typeof commands;

/** A call that is refused, and how. */
interface Case {
  readonly command: CommandName;
  readonly line: number;
  readonly operation: string;
  readonly how: string;
}

/** What the CDK's toolkit asks alone. It waits five minutes for an answer. */
const ofToolkit = /ChangeSet$|^DescribeStackEvents$|^GetTemplate$|^AssumeRole$|^(GET|HEAD|PUT) (?!\/$)/;
/** In `sleep`, the bootstrap's version, too: `deploy` has asked for that itself before. */
const ofToolkitInSleep = /^GetParameter$/;

/** What does nothing by the CDK, and so takes a moment. */
const quick: readonly CommandName[] = ['destroy', 'doctor'];

/** A house by video in an account whose services each are behind a line that fails as a test says. */
async function openHouse(t: TestContext) {
  const cloud = await openCloud(t);
  const iam = iamWith([]);
  const cloudFormation = await openCloudFormation(t);
  const setup = () => createCustomResource(async () => ({ status: 'SUCCESS' }), keptLog());
  const { AWS_ENDPOINT_URL: local = '', AWS_ENDPOINT_URL_STS: recorded = '' } = cloud.environment;
  const options = { endpoint: local, region, credentials };
  const handlers = new HouseHandlers({
    ...{ stackName: name, options, iam, cloudFormation, setup, webhookUrl: cloud.webhookUrl },
  });
  const model = new CloudFormationModel({
    open: (stackName) => new StackModel(stackName, handlers),
    read: async (url) => {
      const Key = new URL(url).pathname.split('/').at(-1);
      const { Body } = await cloud.s3.send(new GetObjectCommand({ Bucket: assetsBucket, Key }));
      return JSON.parse((await Body?.transformToString()) ?? '') as Template;
    },
  });
  const servers = [[model.service], [iam.service]].map((services) =>
    startAwsServer({ port: 0, services, credentials }),
  );
  const [forStacks, forUsers] = await Promise.all(servers);
  const urls = [local, recorded, forStacks!.url, forUsers!.url];
  const lines = await Promise.all(urls.map((url) => startFaultyAws(url)));
  afterwards(t, async () => {
    await Promise.all(lines.map((line) => line.close()));
    await Promise.all([forStacks!.close(), forUsers!.close()]);
  });
  const [toLocal, toRecorded, toStacks, toUsers] = lines.map(({ url }) => url) as [
    string,
    string,
    string,
    string,
  ];
  const env = {
    ...Object.fromEntries(
      Object.keys(cloud.environment)
        .filter((variable) => variable.startsWith('AWS_ENDPOINT_URL_'))
        .map((variable) => [variable, toRecorded]),
    ),
    AWS_ENDPOINT_URL: toLocal,
    AWS_ENDPOINT_URL_CLOUDFORMATION: toStacks,
    AWS_ENDPOINT_URL_IAM: toUsers,
    AWS_MAX_ATTEMPTS: '1',
  };
  const byVideo = templateOf({ recognition: 'video' }).toJSON() as Template;
  return {
    lines,
    /** @param patience how long AWS may take to answer, seconds */
    perform: (command: CommandName, patience = 30): Promise<Ended> =>
      run(cloud, commands[command], { ...env, CALL_TIMEOUT_SECONDS: String(patience) }),
    /** All is as it was, whatever was done to the house. */
    async restore(): Promise<void> {
      await model.working;
      if ((await cloud.secret()) === undefined)
        await cloud.keepSecret({
          token: standToken,
          webhookSecret: 'w'.repeat(32),
          claimCode: 'c'.repeat(16),
        });
      const there = model.stack(name);
      if (there) await there.update(byVideo);
      else {
        model.stacks.push(new StackModel(name, handlers));
        await model.stacks.at(-1)!.create(byVideo);
      }
    },
    unanswered: () => cloud.recorded.unanswered,
    gone: async () => model.stack(name) === undefined && (await cloud.secret()) === undefined,
  };
}

/** S3's keys are each another: a method and the bucket stand for them. */
const operationOf = (asked: string): string => asked.replace(/^([A-Z]+ \/(?!20)[^/]+\/).+/, '$1');
const faultName = (operation: string): string => /^([A-Z]+) \/(?!20|$)/.exec(operation)?.[1] ?? operation;

function fail(line: FaultyAws, { operation, how, command }: Case): void {
  const isToolkits =
    (command !== 'destroy' && ofToolkit.test(operation)) ||
    (command === 'sleep' && ofToolkitInSleep.test(operation));
  const hangs = how === 'no answer' && isToolkits;
  line.always(faultName(operation), hangs ? 'cut' : refusals[how]);
}

/** Words for a host: what happened, and what to do; nothing of the program's inner life. */
function assertTold({ stdout, stderr, code }: Ended, which: string): void {
  const told = stderr || stdout;
  assert.equal(code, 1, `${which}: ${stdout}${stderr}`);
  assert.doesNotMatch(
    told,
    /UnknownError|undefined|\[object|\n\s+at |is not a function/,
    `${which}: ${told}`,
  );
  assert.match(
    told,
    /again|administrator|AdministratorAccess|npm run|--region|finish what the console asks/,
    `${which}: ${told}`,
  );
}

test('whatever AWS refuses of what a command asks, and however, it is told in words, and afterwards the same command does it', async (t) => {
  const house = await openHouse(t);
  const cases: Case[] = [];
  for (const command of isLong ? (Object.keys(commands) as CommandName[]) : quick) {
    await t.test(`${command} does its work where nothing is refused`, async () => {
      await house.restore();
      for (const line of house.lines) line.asked.length = 0;
      const { code, stdout, stderr } = await house.perform(command);
      assert.deepEqual(house.unanswered(), []);
      if (command !== 'doctor') assert.equal(code, 0, stdout + stderr);
      house.lines.forEach(({ asked }, line) => {
        for (const operation of new Set(asked.map(operationOf)))
          for (const how of Object.keys(refusals)) cases.push({ command, line, operation, how });
      });
    });
  }
  assert.ok(cases.length > 100);

  const looked = shareOf(t, cases, 5);
  for (const one of looked) {
    const { command, line, operation, how } = one;
    const which = `${command}: ${operation}, ${how}`;
    await t.test(which, async () => {
      await house.restore();
      fail(house.lines[line]!, one);
      const ended = await house.perform(command, how === 'no answer' ? 2 : undefined);
      house.lines[line]!.mend();
      // What is asked only to say more does not keep the rest from being done.
      if (command === 'doctor' || ended.code !== 0) assertTold(ended, which);
      const again = await house.perform(command);
      if (command === 'doctor') return;
      assert.equal(again.code, 0, `${which}, again: ${again.stdout}${again.stderr}`);
      if (command === 'destroy') assert.ok(await house.gone(), which);
    });
  }
});
