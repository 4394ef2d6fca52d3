import { execFile } from 'node:child_process';
import type { TestContext } from 'node:test';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** Two computers in a network of their own, which nobody else is in: network namespaces of Linux. */
export interface TwoComputers {
  /** What becomes a program on the one at 192.168.77.1, or on the other. */
  readonly home: readonly string[];
  readonly tablet: readonly string[];
  readonly homeAddress: string;
}

const [home, tablet] = [`joy-home-${process.pid}`, `joy-tablet-${process.pid}`];

/** Why no network of namespaces can be made here; false if one can be. */
export async function noNamespaces(): Promise<string | false> {
  try {
    await run('ip', ['netns', 'add', home]);
    await run('ip', ['netns', 'delete', home]);
    return false;
  } catch {
    return 'needs Linux, root and the command ip, for a network of its own';
  }
}

/** Connects two computers until the test ends. What runs in them has to end before. */
export async function connectTwo(t: Pick<TestContext, 'after'>): Promise<TwoComputers> {
  const ip = (...args: string[]) => run('ip', args);
  const within = (name: string, ...args: string[]) => ip('netns', 'exec', name, 'ip', ...args);
  t.after(async () => {
    for (const name of [home, tablet]) await ip('netns', 'delete', name).catch(() => {});
  });
  for (const name of [home, tablet]) {
    await ip('netns', 'add', name);
    await within(name, 'link', 'set', 'lo', 'up');
  }
  await within(home, 'link', 'add', 'lan0', 'type', 'veth', 'peer', 'name', 'lan0', 'netns', tablet);
  await within(home, 'address', 'add', '192.168.77.1/24', 'dev', 'lan0');
  await within(tablet, 'address', 'add', '192.168.77.2/24', 'dev', 'lan0');
  for (const name of [home, tablet]) await within(name, 'link', 'set', 'lan0', 'up');
  const on = (name: string) => ['ip', 'netns', 'exec', name];
  return { home: on(home), tablet: on(tablet), homeAddress: '192.168.77.1' };
}

/** Runs JavaScript on a computer. @returns what it prints, as JSON */
export async function runOn<Result>(computer: readonly string[], script: string): Promise<Result> {
  const [command, ...before] = [...computer, process.execPath];
  const { stdout } = await run(command!, [...before, '--input-type=module', '--eval', script], {
    maxBuffer: 10_000_000,
  });
  return JSON.parse(stdout) as Result;
}
