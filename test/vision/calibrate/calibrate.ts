import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { emptyFolder } from '../../support/folder.ts';
import { nodeArguments } from '../../support/node-arguments.ts';

const { execArgv, file } = nodeArguments(
  fileURLToPath(new URL('../../../vision/calibrate/main.ts', import.meta.url)),
);

/** Runs the command in an empty folder, and gives how it ended and what it said. */
export async function calibrate(...options: string[]) {
  const cwd = await emptyFolder();
  return new Promise<{ code: number; out: string; err: string }>((resolve) => {
    const { SECOND_OPINION: _, ...env } = process.env;
    execFile(process.execPath, [...execArgv, file, ...options], { cwd, env }, (error, out, err) =>
      resolve({ code: error ? Number(error.code) : 0, out, err }),
    );
  });
}
