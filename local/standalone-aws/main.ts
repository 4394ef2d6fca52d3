import path from 'node:path';
import { endWithSignals, fail, sayMoved } from '../command-line/terminal.ts';
import { endIfFrozen } from '../command-line/watchdog.ts';
import { credentials, names } from '../environment.ts';
import { readSettings, usage } from './settings.ts';

/** `npm run local-aws`: AWS on this machine without the rest, for any SDK, until it is stopped. */
async function main(): Promise<void> {
  const settings = readSettings(process.argv.slice(2));
  if (settings.help) {
    process.stdout.write(usage);
    return;
  }
  process.stdout.write('Starting…\n');
  // Loaded only now: `--help` and a wrong option should not wait for the engine's libraries.
  const { startStandaloneAws } = await import('./start.ts');
  const aws = await startStandaloneAws({ port: settings.port, folder: path.resolve(settings.data) });
  endWithSignals(() => aws.close());
  endIfFrozen();
  sayMoved('--port', settings.port, aws.url);
  console.log(`AWS:  ${aws.url}

For the aws command, boto3 or any SDK, in another terminal:

  export AWS_ENDPOINT_URL=${aws.url}
  export AWS_ACCESS_KEY_ID=${credentials.accessKeyId}
  export AWS_SECRET_ACCESS_KEY=${credentials.secretAccessKey}
  export AWS_DEFAULT_REGION=${names.region}

Stop with Ctrl+C.`);
}

main().catch(fail);
