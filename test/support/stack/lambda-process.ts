import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { Context } from 'aws-lambda';
import { localRegion } from '../../../local/aws/arn.ts';
import type { Credentials } from '../../../local/aws/signature.ts';

const runtime = fileURLToPath(new URL('runtime.mjs', import.meta.url));

/** What a function runs from. */
export interface FunctionCode {
  /** The unpacked bundle. */
  readonly folder: string;
  /** `index.handler` */
  readonly handler: string;
  /** All of the environment, and nothing of this process's own. */
  readonly env: Readonly<Record<string, string>>;
}

type Outcome =
  | { readonly result: string }
  | { readonly error: { readonly name: string; readonly message: string; readonly stack: string } };

/**
 * A function in processes of its own, one for each invocation that runs at the same time. As on Lambda, a process is
 * frozen as soon as it has answered, until the next invocation: what it left undone stays undone.
 */
export class LambdaProcesses {
  readonly #code: () => FunctionCode;
  readonly #all = new Set<ChildProcess>();
  readonly #idle: ChildProcess[] = [];
  /** What it has printed, in all its processes. */
  output = '';

  /** @param code asked for when the first process is started */
  constructor(code: () => FunctionCode) {
    this.#code = code;
  }

  /** @throws what the handler threw, by name, message and stack; or that the process ended */
  async invoke(event: unknown, context: Context): Promise<unknown> {
    const child = this.#idle.pop() ?? this.#start();
    child.kill('SIGCONT');
    const { awsRequestId, invokedFunctionArn, functionVersion, memoryLimitInMB } = context;
    child.send({
      event: JSON.stringify(event),
      deadline: Date.now() + context.getRemainingTimeInMillis(),
      context: { awsRequestId, invokedFunctionArn, functionVersion, memoryLimitInMB },
    });
    const ending = new AbortController();
    const answered = once(child, 'message', ending).then(([outcome]) => outcome as Outcome);
    const died = once(child, 'exit', ending).then(([code, signal]) => {
      throw new Error(`Runtime.ExitError: the process ended (${signal ?? code}).\n${this.output}`);
    });
    const outcome = await Promise.race([answered, died]).finally(() => {
      ending.abort();
      return Promise.allSettled([answered, died]);
    });
    child.kill('SIGSTOP');
    this.#idle.push(child);
    if ('result' in outcome) return JSON.parse(outcome.result);
    throw Object.assign(new Error(outcome.error.message), outcome.error);
  }

  /** Ends all of its processes. */
  async close(): Promise<void> {
    const ends = [...this.#all].map((child) => {
      child.kill('SIGKILL');
      return once(child, 'exit');
    });
    await Promise.all(ends);
  }

  #start(): ChildProcess {
    const { folder, handler, env } = this.#code();
    const child = fork(runtime, {
      cwd: folder,
      env: { ...env, LAMBDA_TASK_ROOT: folder, _HANDLER: handler },
      execArgv: [],
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    });
    this.#all.add(child);
    child.once('exit', () => this.#all.delete(child));
    for (const stream of [child.stdout, child.stderr]) stream?.on('data', (text) => (this.output += text));
    return child;
  }
}

/** What Lambda itself sets ("Defined runtime environment variables"). */
export function lambdaEnvironment(
  functionName: string,
  memorySize: number,
  { accessKeyId, secretAccessKey }: Credentials,
): Record<string, string> {
  return {
    AWS_REGION: localRegion,
    AWS_DEFAULT_REGION: localRegion,
    AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs24.x',
    AWS_LAMBDA_FUNCTION_NAME: functionName,
    AWS_LAMBDA_FUNCTION_VERSION: '$LATEST',
    AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(memorySize),
    AWS_LAMBDA_INITIALIZATION_TYPE: 'on-demand',
    AWS_LAMBDA_LOG_GROUP_NAME: `/aws/lambda/${functionName}`,
    AWS_LAMBDA_LOG_STREAM_NAME: 'local',
    AWS_ACCESS_KEY_ID: accessKeyId,
    AWS_SECRET_ACCESS_KEY: secretAccessKey,
    TZ: ':UTC',
    LANG: 'en_US.UTF-8',
    PATH: process.env.PATH ?? '',
  };
}
