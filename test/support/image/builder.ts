import { existsSync } from 'node:fs';
import { cp, mkdir, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { command } from './command.ts';
import type { Step } from './dockerfile.ts';
import { reachRegistry } from './registry-reach.ts';

/** What a stage's tree is run with, as its steps have said. */
export interface Settings {
  readonly folder: string;
  readonly env: Readonly<Record<string, string>>;
  readonly user: number;
  readonly group: number;
  readonly entrypoint: readonly string[];
  readonly healthCheck: readonly string[];
}

/** What the steps of a stage are taken with. */
export interface BuilderParts {
  /** Where the stage's files are. */
  readonly tree: string;
  /** The project's folder, and whether a file or folder in it is sent to the build. */
  readonly context: string;
  readonly isSent: (file: string) => boolean;
  /** The tree of another stage, once it is built. */
  readonly stage: (name: string) => Promise<string>;
  /** As Docker names processors. */
  readonly targetArch: string;
}

/** Takes a stage's steps as Docker does, but in a tree of files and by `chroot`. */
export class Builder {
  readonly #parts: BuilderParts;
  readonly #env: Record<string, string> = { PATH: '/usr/local/bin:/usr/bin:/bin' };
  #folder = '/';
  #user = { user: 0, group: 0 };
  #entrypoint: readonly string[] = [];
  #healthCheck: readonly string[] = [];
  readonly #args: Record<string, string> = {};

  constructor(parts: BuilderParts) {
    this.#parts = parts;
  }

  get settings(): Settings {
    return {
      folder: this.#folder,
      env: this.#env,
      ...this.#user,
      entrypoint: this.#entrypoint,
      healthCheck: this.#healthCheck,
    };
  }

  async take(step: Step): Promise<void> {
    switch (step.does) {
      case 'ARG':
        if (step.name !== 'TARGETARCH') throw new Error(`Nobody sets the argument ${step.name}.`);
        this.#args[step.name] = this.#parts.targetArch;
        break;
      case 'ENV':
        Object.assign(this.#env, step.values);
        break;
      case 'WORKDIR':
        this.#folder = path.posix.resolve(this.#folder, step.folder);
        await mkdir(this.#inTree(this.#folder), { recursive: true });
        break;
      case 'COPY':
        await this.#copy(step);
        break;
      case 'RUN':
        await this.#run(step);
        break;
      case 'USER':
        this.#user = { user: step.user, group: step.group };
        break;
      case 'HEALTHCHECK':
        this.#healthCheck = step.command;
        break;
      case 'ENTRYPOINT':
        this.#entrypoint = step.command;
        break;
    }
  }

  #inTree(place: string): string {
    return path.join(this.#parts.tree, path.posix.resolve(this.#folder, place));
  }

  async #copy({ from, sources, target }: Step & { does: 'COPY' }): Promise<void> {
    const { context, isSent, stage } = this.#parts;
    const place = this.#inTree(target);
    // As Docker: several, or a name with / at its end, go into a folder; a folder's content is copied, not itself.
    const isInto = sources.length > 1 || target.endsWith('/') || existsSync(place);
    for (const source of sources) {
      const file = path.join(from === undefined ? context : await stage(from), source);
      const isFolder = (await stat(file)).isDirectory();
      const to = !isFolder && isInto ? path.join(place, path.basename(source)) : place;
      await mkdir(path.dirname(to), { recursive: true });
      if (from !== undefined) {
        await command('cp', ['--archive', '--reflink=auto', '--no-target-directory', file, to]);
        continue;
      }
      if (!isSent(source)) throw new Error(`.dockerignore keeps ${source} from the build.`);
      await cp(file, to, { recursive: true, filter: (name) => isSent(path.relative(context, name)) });
    }
  }

  async #run({ command: line, caches }: Step & { does: 'RUN' }): Promise<void> {
    const reach = await this.#toTheNetwork();
    const { tree } = this.#parts;
    const env = { ...this.#env, ...this.#args, ...reach, HOME: '/root' };
    const mounts = [`mount -t proc proc '${tree}/proc'`];
    for (const cache of caches) {
      // Docker keeps its own; here it is npm's of whoever runs this, at the same place.
      const own = path.join(process.env.HOME ?? '/root', path.posix.relative('/root', cache));
      await mkdir(own, { recursive: true });
      await mkdir(this.#inTree(cache), { recursive: true });
      mounts.push(`mount --bind '${own}' '${this.#inTree(cache)}'`);
    }
    // Mounted in a namespace of its own, so that nothing stays mounted, however it ends.
    await command('unshare', [
      ...['--mount', '--pid', '--fork', '--kill-child', 'sh', '-ec'],
      `${mounts.join('\n')}\nexec chroot '${tree}' /usr/bin/env -i --chdir="$0" "$@"`,
      this.#folder,
      ...Object.entries(env).map(([name, value]) => `${name}=${value}`),
      ...['/bin/sh', '-c', line],
    ]);
  }

  /** What a step needs to reach the registry as this machine does; Docker has that from its own settings. */
  async #toTheNetwork(): Promise<Record<string, string>> {
    await rm(this.#inTree('/etc/resolv.conf'), { force: true });
    await cp('/etc/resolv.conf', this.#inTree('/etc/resolv.conf'), { dereference: true });
    return reachRegistry(this.#parts.tree, '/root/authorities.pem');
  }
}
