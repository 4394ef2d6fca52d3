import type { TestContext } from 'node:test';
import type { Aws } from '../../../local/aws/aws.ts';
import { startFunctionUrls } from '../../../local/lambda/function-url.ts';
import type { LambdaFunctions } from '../../../local/lambda/functions.ts';
import { type KinesisSource, startKinesisSource } from '../../../local/lambda/kinesis-source.ts';
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

/** The event source mappings that the template has. */
export async function openSources(
  t: TestContext,
  {
    template,
    made,
    ...around
  }: SourceOptions & { readonly template: Template; readonly made: ReadonlyMap<string, Made> },
): Promise<void> {
  for (const [, { Properties }] of ofType(template, 'AWS::Lambda::EventSourceMapping')) {
    const properties = resolved(Properties, made) as Readonly<Record<string, unknown>>;
    const source = await openSource(properties, { log: (line) => t.diagnostic(line), ...around });
    afterwards(t, () => source.close());
  }
}

/** An event source mapping, by the settings that stand in its properties. */
export async function openSource(
  // biome-ignore lint/suspicious/noExplicitAny: CloudFormation's.
  properties: Readonly<Record<string, any>>,
  { aws, functions, folder, log }: SourceOptions,
): Promise<KinesisSource> {
  return startKinesisSource({
    stream: await aws.dataStreams.ensure(nameOf(properties.EventSourceArn)),
    functions,
    functionName: properties.FunctionName,
    folder,
    startingPosition: properties.StartingPosition,
    batchSize: properties.BatchSize,
    maximumBatchingWindow: properties.MaximumBatchingWindowInSeconds,
    maximumRetryAttempts: properties.MaximumRetryAttempts,
    maximumRecordAge: properties.MaximumRecordAgeInSeconds,
    bisectBatchOnFunctionError: properties.BisectBatchOnFunctionError,
    reportBatchItemFailures: properties.FunctionResponseTypes?.includes('ReportBatchItemFailures'),
    ...(log && { log }),
  });
}

const nameOf = (streamArn: string): string => streamArn.split('/').at(-1) ?? '';

interface SourceOptions {
  readonly aws: Pick<Aws, 'dataStreams'>;
  readonly functions: LambdaFunctions;
  /** The data folder. */
  readonly folder: string;
  readonly log?: (line: string) => void;
}
