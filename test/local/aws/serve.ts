import type { TestContext } from 'node:test';
import { startAwsServer } from '../../../local/aws/server.ts';
import type { Service } from '../../../local/aws/service.ts';
import { clientOptions, localCredentials } from './clients.ts';

/** Puts services behind the real socket until the test ends; what comes back is what SDK clients are made with. */
export async function serve(
  t: TestContext,
  ...services: Service[]
): Promise<ReturnType<typeof clientOptions>> {
  const log = (line: string) => t.diagnostic(line);
  const aws = await startAwsServer({ port: 0, services, credentials: localCredentials, log });
  t.after(() => aws.close());
  return clientOptions(aws);
}
