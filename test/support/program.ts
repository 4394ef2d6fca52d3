import type { TestContext } from 'node:test';
import { fileURLToPath } from 'node:url';
import { eventually } from './eventually.ts';
import { type NodeProgram, startNodeProgram } from './node-program.ts';

const start = fileURLToPath(new URL('../../local/start.ts', import.meta.url));

/** The program, running as `npm start` runs it. */
export interface Program extends NodeProgram {
  /** Waits until an address of this name is printed: `AWS`. */
  address(name: string): Promise<string>;
  /** Waits until both addresses are printed. */
  ready(): Promise<{ page: string; aws: string }>;
}

/** How the program is started besides. */
interface How {
  /** Another program of the project's in its place. */
  readonly file?: string | undefined;
  /** As startNodeProgram has them. */
  readonly nodeArgs?: readonly string[];
  readonly by?: readonly string[];
}

/** Starts the program, or another one of the project's, with these options; it is killed when the test ends. */
export function run(
  t: TestContext,
  args: readonly string[],
  env: Record<string, string> = {},
  file?: string,
): Program {
  const program = startProgram(args, env, { file });
  t.after(() => program.kill());
  return program;
}

/** Starts the program with these options, away from any `.env` of whoever runs it. */
export function startProgram(
  args: readonly string[],
  env: Record<string, string> = {},
  { file, nodeArgs = [], by = [] }: How = {},
): Program {
  const {
    BOT_TOKEN: _,
    CAMERA_URL: __,
    CAMERA_USER: ___,
    CAMERA_PASSWORD: ____,
    ARRIVAL_WEBHOOK: _____,
    ...surroundings
  } = process.env;
  const program = startNodeProgram(file ?? start, [...(file ? [] : ['--no-open']), ...args], {
    env: { ...surroundings, ...env },
    nodeArgs,
    by,
  });
  const { output, ended } = program;
  let over = false;
  void ended.then(() => {
    over = true;
  });
  const address = async (name: string): Promise<string> => {
    const printed = () => new RegExp(`^${name}: +(\\S+)$`, 'm').exec(output())?.[1];
    await eventually(`the address of ${name} is printed`, () => over || !!printed(), 60_000);
    const found = printed();
    if (over || !found) throw new Error(`The program ended:\n${output()}`);
    return found;
  };
  return {
    ...program,
    address,
    ready: async () => ({ page: await address('Page'), aws: await address('AWS') }),
  };
}
