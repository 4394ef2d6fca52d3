import { randomBytes, randomUUID } from 'node:crypto';
import type { TestContext } from 'node:test';
import { CreateSecretCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import type { CloudFormationCustomResourceResponse, Context } from 'aws-lambda';
import type { SignedCall } from '../../../local/aws/answer-request.ts';
import { localRegion } from '../../../local/aws/arn.ts';
import { type Aws, startAws } from '../../../local/aws/aws.ts';
import type { Credentials } from '../../../local/aws/signature.ts';
import { faceEngine } from '../../../local/face-engine.ts';
import { LambdaFunctions } from '../../../local/lambda/functions.ts';
import { AsyncInvocations } from '../../../local/lambda/invoke.ts';
import { lambdaInvoker } from '../../../local/lambda/invoker.ts';
import { scheduledEvent } from '../../../local/lambda/schedule.ts';
import { secretWithWebhook } from '../../../party/automation/secret-with-webhook.ts';
import type { BotSecret } from '../../../party/stores/secret.ts';
import type { Recognizer } from '../../../vision/recognizer.ts';
import { afterwards, openStand, type Stand, standToken } from '../../local/telegram/stand.ts';
import { type CloudFormation, openCloudFormation } from '../cloudformation.ts';
import { emptyFolder } from '../folder.ts';
import { isLong } from '../rounds.ts';
import { nameIn, openSources, openUrls } from './connections.ts';
import { whyNoShare } from './cpu-share.ts';
import { functionsNode } from './functions-node.ts';
import { type Iam, iamWith } from './iam.ts';
import { LambdaProcesses, lambdaEnvironment, type ProcessFigures, sandbox } from './lambda-process.ts';
import { namedOnly } from './named.ts';
import { type ClientOptions, makeResources } from './resources.ts';
import type { SynthesizedStack } from './synth.ts';
import { type Made, ofType, resolved } from './template.ts';

const stackName = 'MusicalJoy';

/** What a house is deployed with. */
export interface DeployOptions {
  readonly recognizer: Recognizer;
  /** Where arrivals are posted to; nowhere if not given. */
  readonly arrivalWebhook?: string;
  /** Told each call of AWS, and whose it was: a role's or a user's logical id, or undefined for the test itself. */
  readonly onCall?: (caller: string | undefined, call: SignedCall) => void;
}

/** A stack as it runs on the local AWS, with its bundles in processes of their own. */
export interface DeployedHouse {
  readonly aws: Aws;
  readonly stand: Stand;
  readonly secret: BotSecret;
  readonly functions: LambdaFunctions;
  readonly cloudFormation: CloudFormation;
  readonly iam: Iam;
  /** What each resource has become, by logical id. */
  readonly made: ReadonlyMap<string, Made>;
  /** What the test's own clients are made with. */
  readonly options: ClientOptions;
  /** The keys of a role or user. */
  credentialsOf(logicalId: string): Credentials;
  output(name: string): string;
  /** All that a function has printed, by its name in the stack: `match`. */
  printed(name: string): string;
  /** Has the setup resource made, changed or deleted. @returns its answer */
  setUp(...event: SetUpEvent): Promise<CloudFormationCustomResourceResponse>;
  /** Invokes the function of the schedule, as the rule does. */
  tick(): Promise<void>;
  /** Brings the topic's subscriber a change of an alarm, as CloudWatch and SNS do. */
  alarm(name: string, state: 'ALARM' | 'OK', time: Date): Promise<void>;
}

/** `old`: properties that an update is away from. */
type SetUpEvent = [type: 'Create' | 'Update' | 'Delete', id?: string, old?: Readonly<Record<string, string>>];

/** Deploys a stack: its resources on a local AWS, its functions in processes, Telegram beside. It ends with the test. */
export async function deploy(
  t: TestContext,
  { template, code }: SynthesizedStack,
  { recognizer, onCall, arrivalWebhook }: DeployOptions,
): Promise<DeployedHouse> {
  const folder = await emptyFolder();
  const stand = await openStand(t, { folder, delays: { firstMs: 20, longestMs: 200 } });
  const cloudFormation = await openCloudFormation(t);

  const keys = new Map(
    ['AWS::IAM::Role', 'AWS::IAM::User']
      .flatMap((type) => ofType(template, type))
      .map(([id]) => [id, freshCredentials()]),
  );
  const own = freshCredentials();
  const callerOf = new Map([...keys].map(([id, { accessKeyId }]) => [accessKeyId, id]));

  let made: ReadonlyMap<string, Made> = new Map();
  const processes = new Map<string, LambdaProcesses>();
  const functions = new LambdaFunctions(
    Object.fromEntries(
      ofType(template, 'AWS::Lambda::Function').map(([, { Properties }]) => {
        const { FunctionName, Timeout, Handler, Role, Environment, Code, MemorySize } = Properties;
        const bundle = () => ({
          folder: code(Code.S3Key),
          handler: Handler,
          env: {
            ...(resolved(Environment.Variables, made) as Record<string, string>),
            ...lambdaEnvironment(FunctionName, MemorySize, keys.get(Role['Fn::GetAtt'][0])!),
            // Only here: AWS and Telegram are on this machine.
            AWS_ENDPOINT_URL: aws.url,
            TELEGRAM_API_ROOT: stand.root,
          },
        });
        // With its share an evening lasts longer.
        const runs = new LambdaProcesses(bundle, { hasShare: isLong });
        processes.set(FunctionName, runs);
        const handler = (event: unknown, context: Context) => runs.invoke(event, context);
        const reservedConcurrency = Properties.ReservedConcurrentExecutions;
        return [FunctionName, { handler, timeoutSeconds: Timeout, reservedConcurrency }];
      }),
    ),
    { log: (line) => t.diagnostic(line) },
  );
  const events = new AsyncInvocations({ functions, folder, retryDelaysMs: [500, 2_000] });
  const users = ofType(template, 'AWS::IAM::User').map(([id]) => namedOnly(template, stackName).get(id)!.ref);
  const iam = iamWith(users);
  const aws = await startAws({
    port: 0,
    folder,
    credentials: [own, ...keys.values()],
    ...(onCall && { onCall: (call: SignedCall) => onCall(callerOf.get(call.accessKeyId), call) }),
    engine: faceEngine(recognizer),
    media: () => undefined,
    others: [iam.service],
    functions: lambdaInvoker(functions, events),
  });
  // What calls is ended before what it calls.
  afterwards(t, () => aws.close());
  afterwards(t, async () => {
    await Promise.all([...processes.values()].map((runs) => runs.close()));
    t.diagnostic(`The functions ran on ${functionsNode}.`);
    if (isLong && whyNoShare) t.diagnostic(`They had more of the processor than on Lambda: ${whyNoShare}.`);
    if (sandbox.whyNot) t.diagnostic(`They could write anywhere: ${sandbox.whyNot}.`);
    for (const [name, { figures }] of processes) t.diagnostic(`${name}: ${figuresText(figures)}`);
  });
  // Pictures may still be waited for that no camera will send.
  afterwards(t, () => events.close(0));

  const options: ClientOptions = { endpoint: aws.url, region: localRegion, credentials: own };
  const secret = await makeSecret(options, arrivalWebhook);
  const resources = await makeResources(template, stackName, options);
  await openUrls(t, template, functions, resources);
  made = resources;
  await openSources(t, { template, aws, functions, folder, made });

  const [[, setup] = []] = ofType(template, 'Custom::MusicalJoySetup');
  const [[, rule] = []] = ofType(template, 'AWS::Events::Rule');
  const [[, subscription] = []] = ofType(template, 'AWS::SNS::Subscription');
  const invoke = async (functionArn: string, event: unknown): Promise<void> => {
    const { functionError, payload } = await functions.invoke(nameIn(functionArn), JSON.stringify(event));
    if (functionError) throw new Error(payload);
  };
  return {
    aws,
    stand,
    secret,
    functions,
    cloudFormation,
    iam,
    made,
    options,
    credentialsOf: (id) => keys.get(id)!,
    output: (name) => String(resolved(template.Outputs[name]?.Value, made)),
    printed: (name) => processes.get(`${stackName}-${name}`)?.output ?? '',
    async setUp(type, id, old) {
      const { ServiceToken, ...properties } = resolved(setup!.Properties, made) as Record<string, string>;
      const event = cloudFormation.event(type, properties, {
        ...(id && { id }),
        old: { ...properties, Version: 'the one of before', ...old },
      });
      await functions.invoke(nameIn(ServiceToken), JSON.stringify(event));
      return cloudFormation.answered.at(-1)!.answer;
    },
    async tick() {
      const [target] = resolved(rule!.Properties.Targets, made) as [{ readonly Arn: string }];
      await invoke(target.Arn, scheduledEvent('tick'));
    },
    async alarm(name, state, time) {
      const subscriber = resolved(subscription!.Properties.Endpoint, made) as string;
      const Message = JSON.stringify({
        AlarmName: name,
        NewStateValue: state,
        NewStateReason: 'As a test wishes.',
        StateChangeTime: time.toISOString().replace('Z', '+0000'),
      });
      await invoke(subscriber, {
        Records: [{ EventSource: 'aws:sns', EventVersion: '1.0', Sns: { MessageId: randomUUID(), Message } }],
      });
    },
  };
}

function figuresText({ starts, peakMemory }: ProcessFigures): string {
  const longest = Math.round(Math.max(0, ...starts));
  return `${starts.length} processes, the slowest started in ${longest} ms; at most ${peakMemory} MB`;
}

function freshCredentials(): Credentials {
  return {
    accessKeyId: `AKIA${randomBytes(8).toString('hex').toUpperCase()}`,
    secretAccessKey: randomBytes(30).toString('base64url'),
  };
}

/** The bot's secret, as it is made before a stack. */
async function makeSecret(options: ClientOptions, arrivalWebhook: string | undefined): Promise<BotSecret> {
  const secret = secretWithWebhook(
    {
      token: standToken,
      webhookSecret: randomBytes(32).toString('base64url'),
      claimCode: randomBytes(12).toString('base64url'),
    },
    arrivalWebhook,
  );
  const client = new SecretsManagerClient(options);
  await client.send(
    new CreateSecretCommand({ Name: `${stackName}/bot`, SecretString: JSON.stringify(secret) }),
  );
  return secret;
}
