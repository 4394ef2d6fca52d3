import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import type { TestContext } from 'node:test';
import type { Image } from './build.ts';

/** A program that runs from an image as it does in Docker. */
export interface Container {
  /** All that it has printed. */
  output(): string;
  /** Settles when it has ended, with its exit code. */
  readonly ended: Promise<number | null>;
  /** Its id as this machine sees it; for itself it is 1. */
  pid(): Promise<number>;
  /** Runs a program in it, as Docker runs the health check. */
  exec(command: readonly string[]): Promise<{ code: number | null; output: string }>;
  signal(name: NodeJS.Signals): Promise<void>;
}

/** What compose.yaml asks for, as far as a chroot can give it: no way to write but /tmp, and no rights. */
const setup = `
mount --bind "$TREE" "$TREE"
mount -o remount,bind,ro "$TREE"
mount -t proc proc "$TREE/proc"
mount -t tmpfs -o size=16m,mode=1777,noexec,nosuid,nodev tmpfs "$TREE/tmp"
mount -t tmpfs -o size=64m,mode=1777,noexec,nosuid,nodev tmpfs "$TREE/dev/shm"
exec chroot "$TREE" /usr/bin/env -i --chdir="$FOLDER" "$@"`;

/**
 * As the image's user, and without a right to come by any other. That it dies with `unshare` has to be said again: the
 * system forgets it when a process changes its user.
 */
function asUser({ user, group }: Image): string[] {
  return [
    ...['/usr/bin/setpriv', `--reuid=${user}`, `--regid=${group}`, '--clear-groups', '--no-new-privs'],
    ...['--bounding-set=-all', '--inh-caps=-all', '--pdeathsig=KILL'],
  ];
}

/**
 * Starts the image's entry point, or another program in its place, as the first process of its own namespace. The
 * network is this machine's. It ends with the test.
 */
export function startContainer(
  t: TestContext,
  image: Image,
  {
    env = {},
    command = image.entrypoint,
  }: { env?: Record<string, string>; command?: readonly string[] } = {},
): Container {
  // Docker gives a user without an entry in /etc/passwd this home.
  const variables = Object.entries({ HOME: '/', ...image.env, ...env });
  const assignments = variables.map(([name, value]) => `${name}=${value}`);
  const child = spawn(
    'unshare',
    [
      ...['--mount', '--pid', '--ipc', '--uts', '--fork', '--kill-child', 'sh', '-ec', setup, 'sh'],
      ...assignments,
      ...asUser(image),
      ...command,
    ],
    {
      env: { PATH: process.env.PATH, TREE: image.tree, FOLDER: image.folder },
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  );
  const printed = collect(child);
  const ended = once(child, 'close').then(() => child.exitCode);
  t.after(async () => {
    child.kill('SIGKILL');
    await ended;
  });
  const pid = async () => {
    const children = await readFile(`/proc/${child.pid}/task/${child.pid}/children`, 'utf8');
    return Number(children.trim());
  };
  return {
    output: printed,
    ended,
    pid,
    async exec(program) {
      const enter = ['--target', String(await pid()), '--mount', '--pid', '--ipc', '--uts', '--root'];
      const inside = spawn(
        'nsenter',
        [
          ...[...enter, '/usr/bin/env', '-i', `--chdir=${image.folder}`],
          ...[...assignments, ...asUser(image), ...program],
        ],
        { stdio: ['ignore', 'pipe', 'pipe'] },
      );
      const output = collect(inside);
      const [code] = await once(inside, 'close');
      return { code, output: output() };
    },
    async signal(name) {
      process.kill(await pid(), name);
    },
  };
}

function collect(child: ChildProcess): () => string {
  let output = '';
  for (const stream of [child.stdout!, child.stderr!]) stream.on('data', (text) => (output += text));
  return () => output;
}
