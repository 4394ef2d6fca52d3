import type { LambdaInvoker } from '../aws/lambda.ts';
import type { LambdaFunctions } from './functions.ts';
import type { AsyncInvocations } from './invoke.ts';

/** What Lambda's Invoke calls: the functions of this machine, and the queue of their events. */
export function lambdaInvoker(functions: LambdaFunctions, events: AsyncInvocations): LambdaInvoker {
  return {
    has: (name) => functions.has(name),
    invoke: (name, payload) => functions.invoke(name, payload),
    accept: (name, payload) => events.accept(name, payload),
  };
}
