import { type Aws, type AwsOptions, startAws } from '../../local/aws/aws.ts';
import { credentials } from '../../local/environment.ts';
import { faceEngine } from '../../local/face-engine.ts';
import { LambdaFunctions } from '../../local/lambda/functions.ts';
import { AsyncInvocations } from '../../local/lambda/invoke.ts';
import { lambdaInvoker } from '../../local/lambda/invoker.ts';
import type { Recognizer } from '../../vision/recognizer.ts';
import { emptyFolder } from './folder.ts';

/** What a test may have otherwise. */
export interface OpenAwsOptions extends Partial<Omit<AwsOptions, 'engine' | 'functions'>> {
  readonly recognizer?: Pick<Recognizer, 'find'>;
  readonly functions?: LambdaFunctions;
  readonly events?: AsyncInvocations;
}

/**
 * All services of AWS on this machine, as the house puts them together, on a free port with the local
 * credentials. Without other options the recognizer sees nobody, no stream has a camera, and the one function is
 * `echo`.
 */
export async function openAws({
  recognizer = { find: async () => [] },
  ...options
}: OpenAwsOptions = {}): Promise<Aws & { readonly folder: string }> {
  const folder = options.folder ?? (await emptyFolder());
  const functions =
    options.functions ??
    new LambdaFunctions({ echo: { handler: async (event) => ({ echo: event }) } }, { log: () => {} });
  const events = options.events ?? new AsyncInvocations({ functions, folder });
  const aws = await startAws({
    port: 0,
    folder,
    credentials,
    engine: faceEngine(recognizer),
    media: () => undefined,
    ...options,
    functions: lambdaInvoker(functions, events),
  });
  return {
    ...aws,
    folder,
    async close() {
      await events.close();
      await aws.close();
    },
  };
}
