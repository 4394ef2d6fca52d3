import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { stripVTControlCharacters } from 'node:util';
import type { ICloudAssemblySource, IIoHost, IoMessage, StackActivity, Toolkit } from '@aws-cdk/toolkit-lib';
import { bootstrapText } from '../account/bootstrap.text.ts';
import type { Identity } from '../account/identity.ts';
import { isUnderstood } from '../account/refusals.ts';
import { CommandError } from '../errors.ts';
import type { Budget, Recognition } from '../option-values.ts';
import type { Progress } from './progress.ts';
import { stackText } from './stack.text.ts';

/** The house as it is to be. */
export interface Wanted {
  readonly recognition: Recognition;
  readonly asleep: boolean;
  readonly timeZone: string | undefined;
  readonly botSecretVersion: string | undefined;
  /** Whether webhook, match and door have concurrency of their own. */
  readonly reserveConcurrency: boolean;
  readonly budget: Budget | undefined;
  /** Whether arrivals are posted to an address, which is in the bot's secret. */
  readonly arrivalWebhook: boolean;
}

/**
 * How the CDK's app becomes templates and bundles.
 *
 * @param settings the app's, by their variables (`infra/settings.ts`)
 */
export type Assemble = (
  toolkit: Toolkit,
  settings: Readonly<Record<string, string | undefined>>,
) => Promise<ICloudAssemblySource>;

const project = fileURLToPath(new URL('../../', import.meta.url));

/**
 * Prepares the account for the CDK in this Region. The CDK's own defaults: a bucket, five roles, a parameter.
 *
 * @throws CommandError with the first failure
 */
export async function bootstrap({ account, region }: Identity, progress: Progress): Promise<void> {
  progress.step(stackText.bootstrapping);
  const { BootstrapEnvironments } = await import('@aws-cdk/toolkit-lib');
  const toolkit = await openToolkit(progress);
  await orFailure(bootstrapText.failed, progress, () =>
    toolkit.bootstrap(BootstrapEnvironments.fromList([`aws://${account}/${region}`])),
  );
}

/**
 * Makes the stack what it is to be: builds the Lambdas, uploads them, and lets CloudFormation do the rest. Safe to
 * repeat; of a first deployment that failed, the remains are removed before.
 *
 * @throws CommandError with the first failure, when CloudFormation has rolled back
 */
export async function deployStack(
  name: string,
  wanted: Wanted,
  progress: Progress,
  assemble: Assemble = inItsOwnProcess,
): Promise<void> {
  progress.step(stackText.building);
  const toolkit = await openToolkit(progress);
  const app = await assemble(toolkit, appSettings(name, wanted));
  const failed = (failure: string): string => stackText.failed(name, failure);
  await orFailure(failed, progress, () =>
    toolkit.deploy(app, { stackEventPollingInterval: progress.pollEvery }),
  );
}

/** A process of its own: the bundler would hold this one up, and writes where it likes. */
const inItsOwnProcess: Assemble = async (toolkit, env) => {
  const { MemoryContext } = await import('@aws-cdk/toolkit-lib');
  return toolkit.fromCdkApp(`"${process.execPath}" --import tsx infra/app.ts`, {
    workingDirectory: project,
    outdir: await mkdtemp(path.join(tmpdir(), 'musical-joy-cdk-')),
    disposeOutdir: true,
    contextStore: new MemoryContext(),
    env,
  });
};

/** The CDK app's settings (`infra/settings.ts`). */
function appSettings(
  name: string,
  { recognition, asleep, timeZone, botSecretVersion, reserveConcurrency, budget, arrivalWebhook }: Wanted,
): Record<string, string | undefined> {
  return {
    STACK_NAME: name,
    RECOGNITION: recognition,
    ASLEEP: String(asleep),
    PARTY_TZ: timeZone,
    BOT_SECRET_VERSION: botSecretVersion,
    RESERVE_CONCURRENCY: String(reserveConcurrency),
    BUDGET_DOLLARS: budget && String(budget.dollars),
    BUDGET_MAIL: budget?.mail,
    POSTS_ARRIVALS: String(arrivalWebhook),
    // `npm run destroy` asks what becomes of them, and then CloudFormation cannot be told any more.
    DELETE_PICTURES_ON_DESTROY: 'false',
  };
}

async function openToolkit(progress: Progress): Promise<Toolkit> {
  const { Toolkit } = await import('@aws-cdk/toolkit-lib');
  return new Toolkit({ ioHost: listener(progress), color: false, emojis: false });
}

/** The CDK's messages by their codes ("Message registry" of the CDK Toolkit Library): few are for the host. */
function listener(progress: Progress): IIoHost {
  return {
    async notify({ code, data, message }: IoMessage<unknown>) {
      switch (code) {
        case 'CDK_ASSEMBLY_E1002': {
          const [, built] = /^Bundling asset [^/]+\/(\w+)/.exec(message) ?? [];
          if (built) progress.line(stackText.built(built));
          else progress.remark(stripVTControlCharacters(message));
          break;
        }
        case 'CDK_TOOLKIT_I5220':
          progress.step(stackText.uploading);
          break;
        case 'CDK_TOOLKIT_I5501':
          progress.step(stackText.changing);
          break;
        case 'CDK_TOOLKIT_I5502': {
          const { event, progress: place } = data as StackActivity;
          progress.event(event, place.formatted);
          break;
        }
      }
    },
    // What it asks was asked before, in this program's words.
    requestResponse: async <T>({ defaultResponse }: { readonly defaultResponse: T }) => defaultResponse,
  };
}

/** The CDK's own error is a page long; what failed first is what a host can do something about. */
async function orFailure(
  failed: (failure: string) => string,
  progress: Progress,
  act: () => Promise<unknown>,
): Promise<void> {
  try {
    await act();
  } catch (error) {
    if (progress.failure !== undefined) throw new CommandError(failed(progress.failure), { cause: error });
    if (error instanceof Error && /Subprocess exited/.test(error.message))
      throw new CommandError(stackText.notBuilt(progress.remarks), { cause: error });
    if (error instanceof Error && !isUnderstood(error))
      throw new CommandError(stackText.toolkitFailed(error.message), { cause: error });
    throw error;
  }
}
