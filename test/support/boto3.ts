import { execFile, execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { localEnvironment } from './aws-command.ts';

/** A reason to skip a test that uses boto3, or false when it is there. */
export const withoutBoto3 = isThere() ? false : 'needs Python with boto3';

/**
 * Runs one of the tests' Python programs with the local credentials, and gives the JSON that it prints.
 * @param program its path beside the test: `new URL('x.py', import.meta.url)`
 */
export function runPython<T>(program: URL, ...args: string[]): Promise<T> {
  return runPythonWith({}, program, ...args);
}

/** The same, with more in its environment. */
export async function runPythonWith<T>(
  environment: Readonly<Record<string, string>>,
  program: URL,
  ...args: string[]
): Promise<T> {
  const { stdout } = await promisify(execFile)('python3', [fileURLToPath(program), ...args], {
    env: { ...localEnvironment(), ...environment },
    maxBuffer: 64 * 1024 * 1024,
  });
  return JSON.parse(stdout);
}

function isThere(): boolean {
  try {
    // Looked for and not imported, which takes a second.
    const look = 'import importlib.util, sys; sys.exit(importlib.util.find_spec("boto3") is None)';
    execFileSync('python3', ['-c', look], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}
