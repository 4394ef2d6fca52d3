/**
 * Lambda's Node.js runtime: loads the function that `_HANDLER` names from the folder that `LAMBDA_TASK_ROOT` names, and
 * asks the runtime API for one invocation after the other. Nothing of the project is in here: what the bundle does not
 * bring is not there. As in Lambda's own for Node 24, a handler that wants a callback is refused, and an error that
 * nobody catches ends the process.
 */
import { existsSync } from 'node:fs';
import { request } from 'node:http';
import path from 'node:path';
import { pathToFileURL } from 'node:url';

const {
  LAMBDA_TASK_ROOT: folder,
  _HANDLER: name,
  AWS_LAMBDA_RUNTIME_API: api,
  AWS_LAMBDA_FUNCTION_NAME: functionName,
  AWS_LAMBDA_FUNCTION_VERSION: functionVersion,
  AWS_LAMBDA_FUNCTION_MEMORY_SIZE: memoryLimitInMB,
  AWS_LAMBDA_LOG_GROUP_NAME: logGroupName,
  AWS_LAMBDA_LOG_STREAM_NAME: logStreamName,
} = process.env;

let requestId;

function call(method, url, body, headers = {}) {
  const [hostname, port] = api.split(':');
  return new Promise((resolve, reject) => {
    const asked = request(
      { hostname, port, path: `/2018-06-01/runtime/${url}`, method, headers, agent: false },
      async (answer) => {
        try {
          const chunks = await answer.toArray();
          resolve({ headers: answer.headers, body: Buffer.concat(chunks).toString('utf8') });
        } catch (error) {
          reject(error);
        }
      },
    );
    asked.on('error', reject);
    asked.end(body);
  });
}

function report(url, error) {
  const { name: errorType = 'Error', message = String(error), stack = '' } = error ?? {};
  const body = JSON.stringify({ errorType, errorMessage: message, trace: stack.split('\n') });
  return call('POST', url, body, {
    'content-type': 'application/json',
    'lambda-runtime-function-error-type': errorType,
  });
}

const named = (errorName, message) => Object.assign(new Error(message), { name: errorName });

async function fatal(error) {
  console.error(error);
  await report(requestId ? `invocation/${requestId}/error` : 'init/error', error).catch(() => {});
  process.exit(1);
}
process.on('uncaughtException', fatal);
process.on('unhandledRejection', (reason) =>
  fatal(named('Runtime.UnhandledPromiseRejection', reason?.stack ?? String(reason))),
);

async function load() {
  const [file, exported] = name.split('.');
  const module = ['js', 'mjs', 'cjs']
    .map((extension) => path.join(folder, `${file}.${extension}`))
    .find((candidate) => existsSync(candidate));
  if (!module) throw named('Runtime.ImportModuleError', `there is no ${file} in ${folder}`);
  const handler = (await import(pathToFileURL(module).href))[exported];
  if (typeof handler !== 'function') throw named('Runtime.HandlerNotFound', `${name} is no function`);
  if (handler.length >= 3) throw named('Runtime.CallbackHandlerDeprecated', `${name} wants a callback`);
  return handler;
}

const handler = await load().catch(fatal);
for (;;) {
  const { headers, body } = await call('GET', 'invocation/next');
  requestId = headers['lambda-runtime-aws-request-id'];
  const deadline = Number(headers['lambda-runtime-deadline-ms']);
  const context = {
    awsRequestId: requestId,
    invokedFunctionArn: headers['lambda-runtime-invoked-function-arn'],
    functionName,
    functionVersion,
    memoryLimitInMB,
    logGroupName,
    logStreamName,
    getRemainingTimeInMillis: () => deadline - Date.now(),
  };
  try {
    const result = await handler(JSON.parse(body), context);
    await call('POST', `invocation/${requestId}/response`, JSON.stringify(result ?? null));
  } catch (error) {
    await report(`invocation/${requestId}/error`, error);
  }
  requestId = undefined;
}
