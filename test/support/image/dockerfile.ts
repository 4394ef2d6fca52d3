/** One of a Dockerfile's stages: what it begins with, and what is done to that. */
export interface Stage {
  readonly name: string;
  /** The base image, or the name of an earlier stage. */
  readonly base: string;
  readonly steps: readonly Step[];
}

/** A step, as far as this project's Dockerfiles take any. */
export type Step =
  | { readonly does: 'ARG'; readonly name: string }
  | { readonly does: 'ENV'; readonly values: Readonly<Record<string, string>> }
  | { readonly does: 'WORKDIR'; readonly folder: string }
  | {
      readonly does: 'COPY';
      /** A stage, or undefined for the project's folder. */
      readonly from: string | undefined;
      readonly sources: readonly string[];
      readonly target: string;
    }
  /** `caches` are folders that outlive the step and are no part of the image. */
  | { readonly does: 'RUN'; readonly command: string; readonly caches: readonly string[] }
  | { readonly does: 'USER'; readonly user: number; readonly group: number }
  | {
      readonly does: 'HEALTHCHECK';
      readonly options: Readonly<Record<string, string>>;
      readonly command: readonly string[];
    }
  | { readonly does: 'ENTRYPOINT'; readonly command: readonly string[] };

/**
 * Reads a Dockerfile (Dockerfile reference, docs.docker.com), in so far as it is written plainly: programs that are
 * started are JSON arrays, users are numbers.
 *
 * @throws when it holds anything else: it must not be taken for understood
 */
export function readDockerfile(text: string): Stage[] {
  const stages: { name: string; base: string; steps: Step[] }[] = [];
  for (const line of logicalLines(text)) {
    const [, instruction, rest] = /^([A-Z]+)\s+(.*)$/s.exec(line) ?? notKnown(line);
    if (instruction === 'FROM') {
      const { words } = optionsOf(rest!, ['platform']);
      const [base, as, name] = words;
      if (!base || (words.length !== 1 && !(words.length === 3 && as === 'AS'))) notKnown(line);
      stages.push({ base: base!, name: name ?? String(stages.length), steps: [] });
    } else {
      const stage = stages.at(-1) ?? notKnown(line);
      stage.steps.push(readStep(instruction!, rest!) ?? notKnown(line));
    }
  }
  return stages;
}

function readStep(instruction: string, rest: string): Step | undefined {
  switch (instruction) {
    case 'ARG':
      return /^\w+$/.test(rest) ? { does: 'ARG', name: rest } : undefined;
    case 'ENV':
      return /^\w+=[^\s"'$\\]+( \w+=[^\s"'$\\]+)*$/.test(rest)
        ? { does: 'ENV', values: Object.fromEntries(rest.split(' ').map(pair)) }
        : undefined;
    case 'WORKDIR':
      return { does: 'WORKDIR', folder: rest };
    case 'COPY': {
      const { options, words } = optionsOf(rest, ['from']);
      return { does: 'COPY', from: options.from?.[0], sources: words.slice(0, -1), target: words.at(-1)! };
    }
    case 'RUN': {
      const { options, words } = optionsOf(rest, ['mount']);
      const caches = (options.mount ?? []).map((mount) => {
        const [, folder] = /^type=cache,target=([^,]+)$/.exec(mount) ?? notKnown(mount);
        return folder!;
      });
      return { does: 'RUN', command: words.join(' '), caches };
    }
    case 'USER': {
      const [, user, group] = /^(\d+):(\d+)$/.exec(rest) ?? notKnown(rest);
      return { does: 'USER', user: Number(user), group: Number(group) };
    }
    case 'HEALTHCHECK': {
      const [, before, command] = /^(.*)CMD (\[.*\])$/.exec(rest) ?? notKnown(rest);
      const { options } = optionsOf(before!, ['interval', 'timeout', 'start-period', 'retries']);
      const first = Object.entries(options).map(([name, values]) => [name, values[0]!]);
      return { does: 'HEALTHCHECK', options: Object.fromEntries(first), command: JSON.parse(command!) };
    }
    case 'ENTRYPOINT':
      return { does: 'ENTRYPOINT', command: JSON.parse(rest) };
    default:
      return undefined;
  }
}

/** Lines without comments, those that end in \ joined to the next. */
function logicalLines(text: string): string[] {
  return text
    .split('\n')
    .filter((line) => !/^\s*#/.test(line))
    .join('\n')
    .replaceAll(/\\\n\s*/g, ' ')
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
}

/** The `--name=value` at the start, and the words behind. */
function optionsOf(text: string, known: readonly string[]) {
  const words = text.split(/\s+/).filter((word) => word !== '');
  const options: Record<string, string[]> = {};
  while (words[0]?.startsWith('--')) {
    const word = words.shift()!;
    const [name, value] = pair(word.slice(2));
    if (!known.includes(name)) notKnown(word);
    options[name] ??= [];
    options[name].push(value);
  }
  return { options, words };
}

function pair(text: string): [string, string] {
  const at = text.indexOf('=');
  return at < 0 ? notKnown(text) : [text.slice(0, at), text.slice(at + 1)];
}

function notKnown(what: string): never {
  throw new Error(`This is not known of Dockerfiles here: ${what}`);
}
