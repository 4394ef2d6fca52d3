import type { Context } from 'aws-lambda';
import { arn } from '../aws/arn.ts';

/** One invocation. */
export interface Invocation {
  readonly name: string;
  readonly requestId: string;
  /** When its time is up, in epoch milliseconds. */
  readonly deadline: number;
}

/** The context object of an invocation ("AWS Lambda context object in Node.js"). */
export function lambdaContext({ name, requestId, deadline }: Invocation): Context {
  const promisesOnly = (): never => {
    throw new Error('Handlers here answer with their promise: done, fail and succeed are of Node.js 0.10.');
  };
  return {
    awsRequestId: requestId,
    callbackWaitsForEmptyEventLoop: true,
    functionName: name,
    functionVersion: '$LATEST',
    invokedFunctionArn: arn('lambda', `function:${name}`),
    logGroupName: `/aws/lambda/${name}`,
    logStreamName: 'local',
    memoryLimitInMB: '512',
    getRemainingTimeInMillis: () => Math.max(0, deadline - Date.now()),
    done: promisesOnly,
    fail: promisesOnly,
    succeed: promisesOnly,
  };
}
