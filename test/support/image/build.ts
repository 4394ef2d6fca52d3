import { existsSync } from 'node:fs';
import { cp, mkdir, readFile, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { command } from './command.ts';
import { addNode, makeDebian } from './debian.ts';
import { readDockerfile, type Stage, type Step } from './dockerfile.ts';

/** The project's folder. */
const project = fileURLToPath(new URL('../../../', import.meta.url));

/** An image, as a tree of files with what is to be known to run it. */
export interface Image {
  readonly tree: string;
  readonly folder: string;
  readonly env: Readonly<Record<string, string>>;
  readonly user: number;
  readonly group: number;
  readonly entrypoint: readonly string[];
  readonly healthCheck: readonly string[];
}

/** What a build may use and what it is for. */
export interface BuildOptions {
  /** Where the trees are made. */
  readonly folder: string;
  /** A folder in which Debian's tree is kept from one build to the next; `folder` when not given. */
  readonly kept?: string | undefined;
  /** As Docker names processors. */
  readonly targetArch: string;
}

/**
 * Builds the image of a Dockerfile as Docker does, step by step, but in trees of files and by `chroot`.
 *
 * @param dockerfile its path in the project
 */
export async function buildImage(dockerfile: string, options: BuildOptions): Promise<Image> {
  const stages = readDockerfile(await readFile(path.join(project, dockerfile), 'utf8'));
  const trees = new Map<string, string>();
  let image: Image | undefined;
  for (const stage of stages) {
    const tree = path.join(options.folder, `stage-${stage.name}`);
    await beginWith(stage.base, tree, options);
    trees.set(stage.name, tree);
    image = await new Builder(tree, trees, options).build(stage);
  }
  return image!;
}

/** Makes the base image's tree: Debian's, and Node's on top of it where that is asked for. */
async function beginWith(base: string, tree: string, { folder, kept = folder }: BuildOptions): Promise<void> {
  const [, image, suite] = /^(?:(debian):|(?:node):\d+[\d.]*-)(\w+)-slim$/.exec(base) ?? [];
  if (!suite) throw new Error(`This base image is not known here: ${base}`);
  const debian = path.join(kept, `debian-${suite}`);
  await makeDebian(suite, debian);
  await command('cp', ['--archive', '--reflink=auto', debian, tree]);
  if (image !== 'debian') await addNode(tree);
}

class Builder {
  readonly #tree: string;
  readonly #trees: ReadonlyMap<string, string>;
  readonly #options: BuildOptions;
  readonly #env: Record<string, string> = { PATH: '/usr/local/bin:/usr/bin:/bin' };
  #folder = '/';
  #user = { user: 0, group: 0 };
  #entrypoint: readonly string[] = [];
  #healthCheck: readonly string[] = [];
  readonly #args: Record<string, string> = {};

  constructor(tree: string, trees: ReadonlyMap<string, string>, options: BuildOptions) {
    this.#tree = tree;
    this.#trees = trees;
    this.#options = options;
  }

  async build({ steps }: Stage): Promise<Image> {
    for (const step of steps) await this.#take(step);
    return {
      tree: this.#tree,
      folder: this.#folder,
      env: this.#env,
      ...this.#user,
      entrypoint: this.#entrypoint,
      healthCheck: this.#healthCheck,
    };
  }

  async #take(step: Step): Promise<void> {
    switch (step.does) {
      case 'ARG':
        if (step.name !== 'TARGETARCH') throw new Error(`Nobody sets the argument ${step.name}.`);
        this.#args[step.name] = this.#options.targetArch;
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
    return path.join(this.#tree, path.posix.resolve(this.#folder, place));
  }

  async #copy({ from, sources, target }: Step & { does: 'COPY' }): Promise<void> {
    const place = this.#inTree(target);
    // As Docker: several, or a name with / at its end, go into a folder; a folder's content is copied, not itself.
    const isInto = sources.length > 1 || target.endsWith('/') || existsSync(place);
    for (const source of sources) {
      const file = from === undefined ? await inContext(source) : path.join(this.#trees.get(from)!, source);
      const isFolder = (await stat(file)).isDirectory();
      const to = !isFolder && isInto ? path.join(place, path.basename(source)) : place;
      await cp(file, to, { recursive: true, verbatimSymlinks: true, filter: (name) => isSent(name, from) });
    }
  }

  async #run({ command: line, caches }: Step & { does: 'RUN' }): Promise<void> {
    const reach = await this.#toTheNetwork();
    const env = { ...this.#env, ...this.#args, ...reach, HOME: '/root' };
    const mounts = [`mount -t proc proc '${this.#tree}/proc'`];
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
      `${mounts.join('\n')}\nexec chroot '${this.#tree}' /usr/bin/env -i --chdir="$0" "$@"`,
      this.#folder,
      ...Object.entries(env).map(([name, value]) => `${name}=${value}`),
      ...['/bin/sh', '-c', line],
    ]);
  }

  /** What a step needs to reach the registry as this machine does; Docker has that from its own settings. */
  async #toTheNetwork(): Promise<Record<string, string>> {
    await cp('/etc/resolv.conf', this.#inTree('/etc/resolv.conf'), { dereference: true });
    const env: Record<string, string> = {};
    for (const [name, value] of Object.entries(process.env)) {
      if (/^(https?_proxy|no_proxy|npm_config_(registry|proxy|https_proxy))$/i.test(name)) env[name] = value!;
    }
    const authorities = process.env.NODE_EXTRA_CA_CERTS;
    if (authorities) {
      await writeFile(this.#inTree('/root/authorities.pem'), await readFile(authorities));
      env.NODE_EXTRA_CA_CERTS = '/root/authorities.pem';
    }
    return env;
  }
}

/** A file or folder that is sent to the build: what .dockerignore lets through. */
async function inContext(source: string): Promise<string> {
  const rules = (await readFile(path.join(project, '.dockerignore'), 'utf8'))
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'));
  // Nothing, but what is named: so it is read here, and so it has to be written.
  const [first, ...named] = rules;
  if (first !== '*' || !named.every((rule) => /^![\w.-]+$/.test(rule))) {
    throw new Error('.dockerignore says more than which files and folders are sent.');
  }
  const top = source.split('/')[0];
  if (!named.includes(`!${top}`)) throw new Error(`.dockerignore keeps ${source} from the build.`);
  return path.join(project, source);
}

/** Of the project, no packages that happen to be installed in it: a clean clone has none. */
function isSent(name: string, from: string | undefined): boolean {
  return from !== undefined || path.basename(name) !== 'node_modules';
}
