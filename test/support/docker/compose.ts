import { cp, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { emptyFolder } from '../folder.ts';
import { command } from '../image/command.ts';
import type { DockerEngine } from './engine.ts';

const project = fileURLToPath(new URL('../../../', import.meta.url));

/** The machine's network, for building and running: the engine of a test has no other. */
const override = `
services:
  producer:
    network_mode: host
    build:
      network: host
`;

/** A copy of the project's folder beside a camera, as docs/camera.md has a host bring it there. */
export interface ComposeProject {
  readonly folder: string;
  /** `docker compose …` with the project's compose.yaml. @returns what it printed @throws with that, when it fails */
  compose(...args: readonly string[]): Promise<string>;
  /** `docker compose up -d`. @param settings the content of producer.env */
  up(settings: string): Promise<ComposeContainer>;
}

/** The producer's container. */
export interface ComposeContainer {
  /** What `docker inspect` says of it, by a Go template. */
  inspect(template: string): Promise<string>;
  /** Runs a program in it, as its user. @returns what it printed @throws with that, when it fails */
  exec(...program: readonly string[]): Promise<string>;
  /** All that it has printed. */
  logs(): Promise<string>;
}

/** Copies the folder as it is, without its packages and its history, and without settings of whoever runs this. */
export async function copyProject({ env, docker }: DockerEngine): Promise<ComposeProject> {
  const folder = await emptyFolder();
  const isLeftOut = /^(node_modules|\.git|\.env|.+\.env|data)$/;
  await cp(project, folder, { recursive: true, filter: (file) => !isLeftOut.test(path.basename(file)) });
  await writeFile(path.join(folder, 'test-network.yaml'), override);
  const files = ['--file', 'compose.yaml', '--file', 'test-network.yaml'];
  const compose = (...args: readonly string[]) =>
    command('docker-compose', [...files, '--project-name', 'musical-joy', ...args], { cwd: folder, env });
  return {
    folder,
    compose,
    async up(settings) {
      await writeFile(path.join(folder, 'producer.env'), settings, { mode: 0o600 });
      await compose('up', '--detach', '--no-build');
      const id = (await compose('ps', '--quiet', 'producer')).trim();
      return {
        inspect: async (template) => (await docker('inspect', '--format', template, id)).trim(),
        exec: (...program) => docker('exec', id, ...program),
        logs: () => docker('logs', id),
      };
    },
  };
}
