import { mkdtempSync, rmSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import { startAwsServer } from '../../../local/aws/server.ts';
import type { Service } from '../../../local/aws/service.ts';
import { CREDENTIALS, clientOptions } from './clients.ts';

let root: string | undefined;

/**
 * A new empty folder. All of them are removed when the process ends: only then is nothing open in them any more,
 * for a test's `after` hooks run in the order in which they were made.
 */
export async function temporaryFolder(): Promise<string> {
  if (root === undefined) {
    const folder = mkdtempSync(join(tmpdir(), 'joy-'));
    process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
    root = folder;
  }
  return await mkdtemp(join(root, 'test-'));
}

/** Puts services behind the real socket until the test ends; what comes back is what SDK clients are made with. */
export async function serve(
  t: TestContext,
  ...services: Service[]
): Promise<ReturnType<typeof clientOptions>> {
  const log = (line: string) => t.diagnostic(line);
  const aws = await startAwsServer({ port: 0, services, credentials: CREDENTIALS, log });
  t.after(() => aws.close());
  return clientOptions(aws);
}
