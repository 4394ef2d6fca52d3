/**
 * Lambda's Node.js runtime in a process of its own: loads the function that `_HANDLER` names from the folder that
 * `LAMBDA_TASK_ROOT` names, and runs it for each invocation that its parent sends. Nothing of the project is in here:
 * what the bundle does not bring is not there.
 */
import { existsSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';

const { LAMBDA_TASK_ROOT: folder, _HANDLER: name, AWS_LAMBDA_FUNCTION_NAME: functionName } = process.env;
const [file, exported] = name.split('.');
const module = ['js', 'mjs', 'cjs']
  .map((extension) => path.join(folder, `${file}.${extension}`))
  .find((candidate) => existsSync(candidate));
if (!module) throw new Error(`Runtime.ImportModuleError: there is no ${file} in ${folder}`);

// Loaded at once, before the first invocation, as Lambda does.
const loading = import(pathToFileURL(module).href);
loading.catch(() => {});

process.on('disconnect', () => process.exit());
process.on('message', async ({ event, deadline, context }) => {
  try {
    const handler = (await loading)[exported];
    if (typeof handler !== 'function') throw new Error(`Runtime.HandlerNotFound: ${name} is no function`);
    const result = await handler(JSON.parse(event), {
      ...context,
      functionName,
      getRemainingTimeInMillis: () => Math.max(0, deadline - Date.now()),
    });
    process.send({ result: JSON.stringify(result ?? null) });
  } catch (error) {
    const { name: type = 'Error', message = String(error), stack = '' } = error ?? {};
    process.send({ error: { name: type, message, stack } });
  }
});
