import { spawnSync } from 'node:child_process';

/** A command line. */
type CommandLine = readonly [program: string, ...args: string[]];

/**
 * In a mount namespace of the process's own: /tmp is empty and its own, the code is where it was, and nothing else can
 * be written to. It ends as the program itself, so that signals reach that.
 */
const script = `
mount -t tmpfs none /mnt
mkdir /mnt/code
mount --bind "$1" /mnt/code
mount -t tmpfs none /tmp
mkdir -p "$1"
mount --move /mnt/code "$1"
umount /mnt
mount -o remount,bind,ro "$1"
mount -o remount,bind,ro /
cd "$1"
shift
exec "$@"`;

const asked = ['--mount', '--propagation', 'private', 'sh', '-ec'] as const;

/** @returns why programs run with all of this machine to write to; undefined when they do not */
function whyNot(programs: readonly string[]): string | undefined {
  const hidden = programs.find((file) => file.startsWith('/tmp/'));
  if (hidden !== undefined) return `${hidden} would be hidden by a /tmp of its own`;
  const tried = spawnSync('unshare', [...asked, script, 'sh', '/', 'true'], { stdio: 'ignore' });
  return tried.status === 0
    ? undefined
    : 'it needs to mount in a namespace of its own (in Docker: --privileged)';
}

/** How the programs of functions are started. */
export interface Sandbox {
  /** Why only the names are Lambda's, and not what can be written to. */
  readonly whyNot: string | undefined;
  /** @param folder of the code */
  commandLine(folder: string, command: CommandLine): CommandLine;
}

/**
 * As Lambda has it, where this machine can: the code and all else only to be read, and /tmp.
 *
 * @param programs what is run
 */
export function readOnlySandbox(programs: readonly string[]): Sandbox {
  const reason = whyNot(programs);
  return {
    whyNot: reason,
    commandLine: (folder, command) =>
      reason === undefined ? ['unshare', ...asked, script, 'sh', folder, ...command] : command,
  };
}
