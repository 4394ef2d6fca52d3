import type { TestContext } from 'node:test';
import { CreateBucketCommand, GetObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { kinesisService } from '../../local/aws/kinesis/service.ts';
import { lambdaService } from '../../local/aws/lambda.ts';
import { startAwsServer } from '../../local/aws/server.ts';
import type { RequestHead, Service } from '../../local/aws/service.ts';
import { credentials } from '../../local/environment.ts';
import { startFunctionUrls } from '../../local/lambda/function-url.ts';
import type { LambdaFunctions } from '../../local/lambda/functions.ts';
import { AsyncInvocations } from '../../local/lambda/invoke.ts';
import { lambdaInvoker } from '../../local/lambda/invoker.ts';
import type { BotSecret } from '../../party/stores/secret.ts';
import { afterwards, openStand, type Stand } from '../local/telegram/stand.ts';
import { openCloudFormation } from '../support/cloudformation.ts';
import { emptyFolder } from '../support/folder.ts';
import { keptLog } from '../support/log.ts';
import { plainRecognizer } from '../support/plain-faces.ts';
import { alarmsService } from '../support/stack/alarms.ts';
import { HouseHandlers } from '../support/stack/cloudformation/house-handlers.ts';
import { houseSetup } from '../support/stack/cloudformation/house-setup.ts';
import { CloudFormationModel } from '../support/stack/cloudformation/service.ts';
import { StackModel } from '../support/stack/cloudformation/stack.ts';
import { openSource } from '../support/stack/connections.ts';
import { houseFunctions } from '../support/stack/house-functions.ts';
import { iamWith } from '../support/stack/iam.ts';
import type { Template } from '../support/stack/template.ts';
import { openAws } from '../support/whole-aws.ts';
import { account, assetsBucket, things } from './cloud.ts';
import { commandEnvironment, region } from './command-environment.ts';
import { RecordedAws } from './recorded.ts';

/** An account in which a house is made for real, as far as that goes on one machine, and then works. */
export interface WorkingCloud {
  readonly telegram: Stand;
  readonly functions: LambdaFunctions;
  readonly recorded: RecordedAws;
  /** The alarms' states that were set: `MusicalJoyCheck-TickErrors ALARM`. */
  readonly alarmsSet: readonly string[];
  readonly logged: readonly string[];
  /** For the commands. */
  readonly environment: Readonly<Record<string, string>>;
  readonly folder: string;
  readonly s3: S3Client;
  /** What there is in the account, by type and name. */
  there(): readonly string[];
  /** CloudFormation's word for the stack, while there is one. */
  status(): string | undefined;
  /** The bot's secret, once there is one. */
  secret(): Promise<BotSecret | undefined>;
}

/**
 * Opens the account; it ends with the test. Its functions run in this process, while a command does.
 *
 * @param stackName of its one house
 */
export async function openWorkingCloud(t: TestContext, stackName: string): Promise<WorkingCloud> {
  const folder = await emptyFolder();
  const telegram = await openStand(t, { folder, delays: { firstMs: 20, longestMs: 200 } });
  const log = keptLog();
  const functions = houseFunctions({ stackName, log, variablesOf: (name) => handlers.variablesOf(name) });
  const events = new AsyncInvocations({ functions, folder });
  const aws = await openAws({ folder, recognizer: plainRecognizer, functions, events });
  afterwards(t, () => aws.close());
  const urls = await startFunctionUrls({ functions, names: [`${stackName}-webhook`] });
  afterwards(t, () => urls.close());

  const options = { endpoint: aws.url, region, credentials };
  const iam = iamWith([]);
  const handlers: HouseHandlers = new HouseHandlers({
    ...{ stackName, options, iam },
    cloudFormation: await openCloudFormation(t),
    setup: await houseSetup(telegram.root, log),
    webhookUrl: urls.url(`${stackName}-webhook`),
    openSource: (properties) => openSource(properties, { aws, functions, folder }),
  });
  const s3 = new S3Client(options);
  const stacks = new CloudFormationModel({
    open: (name) => new StackModel(name, handlers),
    read: async (url) => {
      const Key = new URL(url).pathname.split('/').at(-1);
      const { Body } = await s3.send(new GetObjectCommand({ Bucket: assetsBucket, Key }));
      return JSON.parse((await Body?.transformToString()) ?? '') as Template;
    },
  });
  const alarmsSet: string[] = [];
  const alarms = alarmsService({
    functions,
    resources: () => stacks.stack(stackName)?.resources.values() ?? [],
    onSet: (alarm, state) => alarmsSet.push(`${alarm} ${state}`),
  });
  const { accessKeyId, secretAccessKey } = credentials;
  const recorded = new RecordedAws({
    ...{ account, region, accessKeyId, secretAccessKey, webhookUrl: '', ...things },
  });
  const server = await startAwsServer({
    port: 0,
    services: [
      ...[stacks.service, iam.service, alarms],
      ...recorded.services.map((service) => but(service, isOfAParty)),
      ...[kinesisService(aws.dataStreams), lambdaService(lambdaInvoker(functions, events))],
    ],
    credentials,
  });
  afterwards(t, () => server.close());

  await s3.send(new CreateBucketCommand({ Bucket: assetsBucket }));
  const secrets = new SecretsManagerClient(options);
  return {
    ...{ telegram, functions, recorded, alarmsSet, logged: log.lines, folder, s3 },
    environment: await commandEnvironment({
      folder,
      aws: aws.url,
      recorded: server.url,
      telegram: telegram.root,
    }),
    there: () => handlers.there,
    status: () => stacks.stack(stackName)?.status,
    async secret() {
      try {
        const { SecretString = '' } = await secrets.send(
          new GetSecretValueCommand({ SecretId: `${stackName}/bot` }),
        );
        return JSON.parse(SecretString) as BotSecret;
      } catch (error) {
        if ((error as Error).name === 'ResourceNotFoundException') return undefined;
        throw error;
      }
    },
  };
}

const but = (service: Service, without: (request: RequestHead) => boolean): Service => ({
  ...service,
  accepts: (request) => !without(request) && service.accepts(request),
});

/** What a party asks of Kinesis and Lambda; the rest is asked by who looks after the house. */
const isOfAParty = ({ headers, url }: RequestHead): boolean =>
  (/^Kinesis_/.test(String(headers['x-amz-target'])) &&
    !/DescribeLimits$/.test(String(headers['x-amz-target']))) ||
  url.pathname.endsWith('/invocations');
