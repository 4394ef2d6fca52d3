import { spawnSync } from 'node:child_process';
import { withoutDebianTrees } from '../image/debian.ts';
import { isLong } from '../rounds.ts';
import { functionsNode } from '../stack/functions-node.ts';

/** Debian's own programs go before others of the same name: the engine and its clients are of one version then. */
export const debianPath = `/usr/sbin:/usr/bin:/sbin:/bin:${process.env.PATH}`;

/** A reason to skip a test that builds images with Docker, or false when this machine can, and is given the time. */
export const withoutDocker = whyNot();

function whyNot(): string | false {
  if (!isLong) return 'takes minutes: npm run test:long';
  if (withoutDebianTrees) return withoutDebianTrees;
  for (const [program, debian] of [
    ['dockerd', 'docker.io'],
    ['docker', 'docker.io'],
    ['docker-compose', 'docker-compose'],
  ] as const) {
    if (answer(program) === undefined) return `needs ${program} (Debian: ${debian})`;
  }
  return /^v24\./.test(answer(functionsNode) ?? '') ? false : 'needs Node 24 (its program in NODE_24)';
}

function answer(program: string): string | undefined {
  const { status, stdout } = spawnSync(program, ['--version'], {
    env: { ...process.env, PATH: debianPath },
    encoding: 'utf8',
  });
  return status === 0 ? stdout : undefined;
}
