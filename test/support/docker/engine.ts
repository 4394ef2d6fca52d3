import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir } from 'node:fs/promises';
import path from 'node:path';
import { removeGroups } from '../control-groups.ts';
import { eventually } from '../eventually.ts';
import { emptyFolder } from '../folder.ts';
import { command } from '../image/command.ts';
import { dockerCache } from './cache.ts';
import { debianPath } from './needs.ts';

/** A Docker engine of the test's own, which knows no image and no container but those that the test makes. */
export interface DockerEngine {
  /** The environment in which Docker's clients talk to it, and nothing of whoever runs this. */
  readonly env: Readonly<Record<string, string>>;
  /** `docker …`. @returns what it printed @throws with that, when it fails */
  docker(...args: readonly string[]): Promise<string>;
  /** Ends it with all its containers, and removes all that it kept. */
  stop(): Promise<void>;
}

const groupOf = (pid: number | string): string => `musical-joy-engine-${pid}`;

/** As the first process of a namespace: what Docker keeps beside its own folders is gone with it. */
const begin = `
mkdir -p /run/docker /run/containerd
mount -t tmpfs tmpfs /run/docker
mount -t tmpfs tmpfs /run/containerd
exec docker-init -- dockerd "$@"`;

/**
 * Starts an engine whose processes and mounts are in namespaces of their own: they end with it, and it ends with this
 * process, however that ends. It changes nothing of this machine's network: containers have the machine's, or none.
 */
export async function startDockerEngine(): Promise<DockerEngine> {
  await mkdir(dockerCache, { recursive: true });
  await removeAbandoned();
  const data = await mkdtemp(path.join(dockerCache, `engine-${process.pid}-`));
  // A socket's path may be no longer than 107 characters.
  const folder = await emptyFolder();
  const socket = `unix://${path.join(folder, 'socket')}`;
  const group = groupOf(process.pid);
  const engine = spawn(
    'setpriv',
    [
      ...['--pdeathsig=KILL', 'unshare', '--mount', '--pid', '--fork', '--kill-child', '--mount-proc'],
      ...['sh', '-ec', begin, 'sh'],
      ...['--host', socket, '--data-root', path.join(data, 'data'), '--exec-root', path.join(folder, 'run')],
      ...['--pidfile', path.join(folder, 'pid'), '--cgroup-parent', `/${group}`],
      ...['--bridge=none', '--iptables=false', '--ip6tables=false', '--ip-forward=false', '--ip-masq=false'],
    ],
    { env: { ...process.env, PATH: debianPath }, stdio: ['ignore', 'pipe', 'pipe'] },
  );
  let output = '';
  for (const stream of [engine.stdout, engine.stderr]) stream.on('data', (text) => (output += text));
  const ended = once(engine, 'close');
  const env = {
    PATH: debianPath,
    HOME: folder,
    DOCKER_HOST: socket,
    DOCKER_CONFIG: path.join(folder, 'config'),
    DOCKER_BUILDKIT: '1',
    COMPOSE_DOCKER_CLI_BUILD: '1',
  };
  const docker = (...args: readonly string[]) => command('docker', args, { env });
  const stop = async () => {
    engine.kill('SIGKILL');
    await ended;
    await removeGroups(group);
    await command('rm', ['--recursive', '--force', data]);
  };
  try {
    await eventually('Docker answers', async () => {
      if (engine.exitCode !== null) throw new Error('Docker ended.');
      return docker('version').then(
        () => true,
        () => false,
      );
    });
  } catch (error) {
    await stop();
    throw new Error(`Docker does not start here:\n${output}`, { cause: error });
  }
  return { env, docker, stop };
}

/** What engines left behind whose process was killed: some gigabytes each, and empty control groups. */
async function removeAbandoned(): Promise<void> {
  for (const name of await readdir(dockerCache)) {
    const [, pid] = /^engine-(\d+)-/.exec(name) ?? [];
    if (pid !== undefined && !existsSync(`/proc/${pid}`)) {
      await removeGroups(groupOf(pid));
      await command('rm', ['--recursive', '--force', path.join(dockerCache, name)]);
    }
  }
}
