import type { IIoHost, IoMessage, StackActivity } from '@aws-cdk/toolkit-lib';
import type { Identity } from '../account/identity.ts';
import { CommandError } from '../errors.ts';
import type { Recognition } from '../options.ts';
import type { Progress } from './progress.ts';
import { stackText } from './stack.text.ts';

/** The house as it is to be. */
export interface Wanted {
  readonly recognition: Recognition;
  readonly asleep: boolean;
  readonly timeZone: string | undefined;
}

/**
 * Prepares the account for the CDK in this Region. The CDK's own defaults: a bucket, five roles, a parameter.
 *
 * @throws CommandError with the first failure
 */
export async function bootstrap({ account, region }: Identity, progress: Progress): Promise<void> {
  progress.step(stackText.bootstrapping);
  const { BootstrapEnvironments } = await import('@aws-cdk/toolkit-lib');
  const toolkit = await openToolkit(progress);
  await orFailure('CDKToolkit', progress, () =>
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
  { account, region }: Identity,
  wanted: Wanted,
  progress: Progress,
): Promise<void> {
  progress.step(stackText.building);
  const [toolkit, { App }, { MusicalJoyStack }] = await Promise.all([
    openToolkit(progress),
    import('aws-cdk-lib'),
    import('../../infra/stack.ts'),
  ]);
  const source = await toolkit.fromAssemblyBuilder(async () => {
    const app = new App();
    new MusicalJoyStack(app, name, {
      env: { account, region },
      recognition: wanted.recognition,
      asleep: wanted.asleep,
      // `npm run destroy` asks what becomes of them, and CloudFormation cannot be told then any more.
      deletePicturesOnDestroy: false,
      ...(wanted.timeZone && { timeZone: wanted.timeZone }),
    });
    return app.synth();
  });
  await orFailure(name, progress, () => toolkit.deploy(source));
}

async function openToolkit(progress: Progress): Promise<import('@aws-cdk/toolkit-lib').Toolkit> {
  const { Toolkit } = await import('@aws-cdk/toolkit-lib');
  return new Toolkit({ ioHost: listener(progress), color: false, emojis: false });
}

/** CDK's messages by their codes ("Message registry" of the CDK Toolkit Library): few are for the host. */
function listener(progress: Progress): IIoHost {
  return {
    async notify({ code, data }: IoMessage<unknown>) {
      if (code === 'CDK_TOOLKIT_I5220') progress.step(stackText.uploading);
      if (code === 'CDK_TOOLKIT_I5501') progress.step(stackText.changing);
      if (code === 'CDK_TOOLKIT_I5502') {
        const { event, progress: place } = data as StackActivity;
        progress.event(event, place.formatted);
      }
    },
    // What it asks was asked before, in this program's words.
    requestResponse: async <T>({ defaultResponse }: { readonly defaultResponse: T }) => defaultResponse,
  };
}

/** The CDK's own error is a page long; what failed first is what a host can do something about. */
async function orFailure(name: string, progress: Progress, act: () => Promise<unknown>): Promise<void> {
  try {
    await act();
  } catch (error) {
    if (progress.failure === undefined) throw error;
    throw new CommandError(stackText.failed(name, progress.failure), { cause: error });
  }
}
