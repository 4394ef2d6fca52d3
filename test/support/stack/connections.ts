import type { TestContext } from 'node:test';
import type { Aws } from '../../../local/aws/aws.ts';
import { startFunctionUrls } from '../../../local/lambda/function-url.ts';
import type { LambdaFunctions } from '../../../local/lambda/functions.ts';
import { startKinesisSource } from '../../../local/lambda/kinesis-source.ts';
import { afterwards } from '../../local/telegram/stand.ts';
import { type Made, ofType, resolved, type Template } from './template.ts';

/** A function's name, by its ARN. */
export const nameIn = (functionArn = ''): string => functionArn.split(':').at(-1) ?? '';

/** The function URLs that the template has. */
export async function openUrls(
  t: TestContext,
  template: Template,
  functions: LambdaFunctions,
  made: Map<string, Made>,
): Promise<void> {
  const wanted = ofType(template, 'AWS::Lambda::Url').map(([id, { Properties }]) => ({
    id,
    name: nameIn(String(resolved(Properties.TargetFunctionArn, made))),
  }));
  const urls = await startFunctionUrls({ functions, names: wanted.map(({ name }) => name) });
  afterwards(t, () => urls.close());
  for (const { id, name } of wanted) {
    made.set(id, { ref: id, attributes: { FunctionUrl: urls.url(name) } });
  }
}

/** The event source mappings that the template has, by the settings that stand there. */
export async function openSources(
  t: TestContext,
  { template, aws, functions, folder, made }: SourceOptions,
): Promise<void> {
  for (const [, { Properties }] of ofType(template, 'AWS::Lambda::EventSourceMapping')) {
    const mapping = resolved(Properties, made) as Record<string, string>;
    const source = await startKinesisSource({
      stream: await aws.dataStreams.ensure(mapping.EventSourceArn?.split('/').at(-1) ?? ''),
      functions,
      functionName: mapping.FunctionName ?? '',
      folder,
      startingPosition: Properties.StartingPosition,
      batchSize: Properties.BatchSize,
      maximumBatchingWindow: Properties.MaximumBatchingWindowInSeconds,
      maximumRetryAttempts: Properties.MaximumRetryAttempts,
      maximumRecordAge: Properties.MaximumRecordAgeInSeconds,
      bisectBatchOnFunctionError: Properties.BisectBatchOnFunctionError,
      reportBatchItemFailures: Properties.FunctionResponseTypes?.includes('ReportBatchItemFailures'),
      log: (line) => t.diagnostic(line),
    });
    afterwards(t, () => source.close());
  }
}

interface SourceOptions {
  readonly template: Template;
  readonly aws: Aws;
  readonly functions: LambdaFunctions;
  /** The data folder. */
  readonly folder: string;
  readonly made: ReadonlyMap<string, Made>;
}
