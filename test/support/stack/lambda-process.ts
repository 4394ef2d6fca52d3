import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Context } from 'aws-lambda';
import { localRegion } from '../../../local/aws/arn.ts';
import type { Credentials } from '../../../local/aws/signature.ts';
import { type CpuGroup, openCpuGroup, shareOfCpu, whyNoShare } from './cpu-share.ts';
import { functionsNode } from './functions-node.ts';
import { readOnlySandbox } from './read-only.ts';
import { type Report, type RuntimeApi, startRuntimeApi } from './runtime-api.ts';

const runtime = fileURLToPath(new URL('runtime.mjs', import.meta.url));

/** What it runs in: with nothing to write to but /tmp, where this machine can do that. */
export const sandbox = readOnlySandbox([functionsNode, runtime]);

/** What a function runs from. */
export interface FunctionCode {
  /** The unpacked bundle. */
  readonly folder: string;
  /** `index.handler` */
  readonly handler: string;
  /** All of the environment, and nothing of this process's own. */
  readonly env: Readonly<Record<string, string>>;
}

/** What its processes came to. */
export interface ProcessFigures {
  /** From the start of each process until it waits for its first invocation, milliseconds. */
  readonly starts: number[];
  /** The most memory that one of them held, in MB; 0 where the system does not say. */
  peakMemory: number;
}

/** A process with the API that it asks for its work. */
interface Environment {
  readonly child: ChildProcess;
  readonly api: RuntimeApi;
  /** MB. */
  readonly memoryLimit: number;
  readonly cpu: CpuGroup | undefined;
  told: (report: Report) => void;
}

/**
 * A function in execution environments of its own, one for each invocation that runs at the same time: each a process,
 * and the runtime API that it asks for its work. As on Lambda, a process is frozen as soon as it asks for the next
 * invocation, so that what it left undone stays undone, and is killed when its time is up, or when it holds more memory
 * than the function has.
 */
export class LambdaProcesses {
  readonly #code: () => FunctionCode;
  readonly #hasShare: boolean;
  readonly #all = new Set<Environment>();
  readonly #idle: Environment[] = [];
  readonly figures: ProcessFigures = { starts: [], peakMemory: 0 };
  /** What it has printed, in all its processes. */
  output = '';

  /**
   * @param code asked for when the first process is started
   * @param options `hasShare`: whether it has no more of the processor than Lambda gives a function of its memory
   */
  constructor(code: () => FunctionCode, { hasShare = false } = {}) {
    this.#code = code;
    this.#hasShare = hasShare && whyNoShare === undefined;
  }

  /** @throws what the handler threw, by name, message and stack; or that the process was ended, and why */
  async invoke(event: unknown, context: Context): Promise<unknown> {
    const environment = this.#idle.pop() ?? (await this.#start());
    const { child, api } = environment;
    const { awsRequestId: requestId, invokedFunctionArn: functionArn } = context;
    const remaining = context.getRemainingTimeInMillis();
    let report: Report | undefined;
    const idle = this.#until(environment, (told) => {
      if (told.kind !== 'idle') report = told;
      return told.kind === 'idle';
    });
    let late = false;
    const timer = setTimeout(() => {
      late = true;
      child.kill('SIGKILL');
    }, remaining);
    child.kill('SIGCONT');
    api.hand({ requestId, functionArn, deadline: Date.now() + remaining, event: JSON.stringify(event) });
    try {
      await idle;
    } catch (error) {
      if (late) throw named('Sandbox.Timedout', `${requestId}: its time was up after ${remaining} ms`);
      if (!report) throw error;
    } finally {
      clearTimeout(timer);
    }
    if (child.exitCode === null && child.signalCode === null) this.#freeze(environment);
    if (report?.kind === 'answer') return JSON.parse(report.payload);
    const {
      errorType,
      errorMessage,
      trace = [],
    } = JSON.parse(report && 'payload' in report ? report.payload : '{}');
    throw Object.assign(named(errorType, errorMessage), { stack: trace.join('\n') });
  }

  /** Ends all of its processes. */
  async close(): Promise<void> {
    const ends = [...this.#all].map(async ({ child, api, cpu }) => {
      const ended = child.exitCode === null && child.signalCode === null ? once(child, 'exit') : undefined;
      child.kill('SIGKILL');
      await ended;
      await Promise.all([api.close(), cpu?.remove()]);
    });
    await Promise.all(ends);
  }

  #freeze(environment: Environment): void {
    const { child, memoryLimit } = environment;
    const memory = peakMemoryOf(child.pid!);
    this.figures.peakMemory = Math.max(this.figures.peakMemory, memory);
    if (memory > memoryLimit) {
      child.kill('SIGKILL');
      throw named('Runtime.OutOfMemory', `${memory} MB were held, of ${memoryLimit} MB`);
    }
    child.kill('SIGSTOP');
    this.#idle.push(environment);
  }

  async #start(): Promise<Environment> {
    const { folder, handler, env } = this.#code();
    const memoryLimit = Number(env.AWS_LAMBDA_FUNCTION_MEMORY_SIZE);
    const cpu = this.#hasShare ? await openCpuGroup(shareOfCpu(memoryLimit)) : undefined;
    const began = performance.now();
    const api = await startRuntimeApi((report) => environment.told(report));
    const [program, ...args] = sandbox.commandLine(folder, [functionsNode, runtime]);
    const child = spawn(program, args, {
      cwd: folder,
      env: { ...env, LAMBDA_TASK_ROOT: folder, _HANDLER: handler, AWS_LAMBDA_RUNTIME_API: api.address },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const environment: Environment = { child, api, memoryLimit, cpu, told: () => {} };
    this.#all.add(environment);
    for (const stream of [child.stdout, child.stderr]) stream?.on('data', (text) => (this.output += text));
    if (child.pid !== undefined) await cpu?.take(child.pid);
    await this.#until(environment, (report) => {
      if (report.kind !== 'init error') return report.kind === 'idle';
      const { errorType, errorMessage } = JSON.parse(report.payload);
      throw named(errorType, errorMessage);
    });
    this.figures.starts.push(performance.now() - began);
    return environment;
  }

  /** Until the runtime reports what is waited for. @throws Runtime.ExitError when its process ends before */
  async #until(environment: Environment, isIt: (report: Report) => boolean): Promise<void> {
    const { child } = environment;
    let exited: ((code: number | null, signal: string | null) => void) | undefined;
    try {
      await new Promise<void>((resolve, reject) => {
        environment.told = (report) => {
          try {
            if (isIt(report)) resolve();
          } catch (error) {
            reject(error);
          }
        };
        exited = (code, signal) =>
          reject(named('Runtime.ExitError', `the process ended (${signal ?? code}).\n${this.output}`));
        child.once('exit', exited);
      });
    } finally {
      if (exited) child.off('exit', exited);
    }
  }
}

const named = (name: string, message: string): Error => Object.assign(new Error(message), { name });

/** The most that a process has held in memory so far, in MB, as Linux counts it (proc_pid_status(5), VmHWM). */
function peakMemoryOf(pid: number): number {
  if (process.platform !== 'linux') return 0;
  const [, kilobytes] = /^VmHWM:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? [];
  return Math.round(Number(kilobytes ?? 0) / 1024);
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
