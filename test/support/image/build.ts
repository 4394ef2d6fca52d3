import { createHash } from 'node:crypto';
import { lstat, readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { Builder, type Settings } from './builder.ts';
import { builderKey } from './builder-key.ts';
import { addNode, addPackageManager, unpackDebian } from './debian.ts';
import { readDockerfile, type Stage } from './dockerfile.ts';
import { readDockerignore } from './dockerignore.ts';
import { unpackKept } from './kept.ts';

/** The project's folder. */
const project = fileURLToPath(new URL('../../../', import.meta.url));

/** An image, as a tree of files with what is to be known to run it. */
export interface Image extends Settings {
  readonly tree: string;
}

/** What a build is for, and where. */
export interface BuildOptions {
  /** Where the trees are made. */
  readonly folder: string;
  /** As Docker names processors. */
  readonly targetArch: string;
}

/**
 * Builds the image of a Dockerfile as Docker does: stages that do not need each other side by side, and what is copied
 * from a stage is kept for the next build, as long as nothing changes of which it was made.
 *
 * @param dockerfile its path in the project
 */
export async function buildImage(dockerfile: string, options: BuildOptions): Promise<Image> {
  const stages = readDockerfile(await readFile(path.join(project, dockerfile), 'utf8'));
  const isSent = readDockerignore(await readFile(path.join(project, '.dockerignore'), 'utf8'));
  return new ImageBuild(stages, isSent, options).build();
}

class ImageBuild {
  readonly #stages: readonly Stage[];
  readonly #isSent: (file: string) => boolean;
  readonly #options: BuildOptions;
  readonly #trees = new Map<string, Promise<string>>();

  constructor(stages: readonly Stage[], isSent: (file: string) => boolean, options: BuildOptions) {
    this.#stages = stages;
    this.#isSent = isSent;
    this.#options = options;
  }

  async build(): Promise<Image> {
    const last = this.#stages.at(-1)!;
    const others = last.steps.flatMap((step) => (step.does === 'COPY' && step.from ? [step.from] : []));
    // All begin now; one that fails is told of when its files are copied.
    for (const name of others) this.#tree(name).catch(() => {});
    const tree = this.#place(last);
    const settings = await this.#take(last, tree);
    return { tree, ...settings };
  }

  #place({ name }: Stage): string {
    return path.join(this.#options.folder, `stage-${name}`);
  }

  /** The tree of a stage that is copied from, with at least those parts that are. */
  #tree(name: string): Promise<string> {
    const begun =
      this.#trees.get(name) ?? this.#makeOrFetch(this.#stages.find((stage) => stage.name === name)!);
    this.#trees.set(name, begun);
    return begun;
  }

  async #makeOrFetch(stage: Stage): Promise<string> {
    const tree = this.#place(stage);
    // What has no step of its own is this machine's Node, and need not be kept.
    if (stage.steps.length === 0) await this.#take(stage, tree);
    else {
      const kept = { name: stage.name, key: await this.#keyOf(stage), parts: this.#copiedFrom(stage.name) };
      await unpackKept(kept, tree, async (folder) => void (await this.#take(stage, folder)));
    }
    return tree;
  }

  async #take(stage: Stage, tree: string): Promise<Settings> {
    await beginWith(stage, tree);
    const builder = new Builder({
      tree,
      context: project,
      isSent: this.#isSent,
      stage: (name) => this.#tree(name),
      targetArch: this.#options.targetArch,
    });
    for (const step of stage.steps) await builder.take(step);
    return builder.settings;
  }

  #copiedFrom(name: string): string[] {
    const copies = this.#stages.flatMap(({ steps }) => steps.filter((step) => step.does === 'COPY'));
    return copies.filter(({ from }) => from === name).flatMap(({ sources }) => sources);
  }

  /** What a stage is made of: its steps, the files they take, the processor, this machine's Node, and its builder. */
  async #keyOf({ base, steps }: Stage): Promise<string> {
    const hash = createHash('sha256');
    hash.update(JSON.stringify([base, steps, this.#options.targetArch, process.version]));
    hash.update(await builderKey());
    for (const step of steps) {
      if (step.does !== 'COPY') continue;
      if (step.from !== undefined) throw new Error('Only the last stage copies from others, here.');
      for (const source of step.sources) await this.#addFile(hash, source);
    }
    return hash.digest('hex').slice(0, 16);
  }

  async #addFile(hash: ReturnType<typeof createHash>, file: string): Promise<void> {
    if (!this.#isSent(file)) return;
    const whole = path.join(project, file);
    if (!(await lstat(whole)).isDirectory()) {
      const content = await readFile(whole);
      hash.update(JSON.stringify([file, content.length])).update(content);
      return;
    }
    for (const name of (await readdir(whole)).sort()) await this.#addFile(hash, path.join(file, name));
  }
}

/** Makes the base image's tree: Debian's, and Node's on top of it where that is asked for. */
async function beginWith({ base, steps }: Stage, tree: string): Promise<void> {
  const [, image, suite] = /^(?:(debian):|(?:node):\d+[\d.]*-)(\w+)-slim$/.exec(base) ?? [];
  if (!suite) throw new Error(`This base image is not known here: ${base}`);
  const hasSteps = steps.length > 0;
  // What has no step of its own is there for what its image adds to Debian.
  if (hasSteps) await unpackDebian(suite, tree);
  if (image === 'debian') return;
  await addNode(tree);
  if (hasSteps) await addPackageManager(tree);
}
