import { setImmediate } from 'node:timers/promises';
import { CommandError, StoppedError } from './errors.ts';

/** The host at the terminal: what is said to and asked of them. */
export interface Terminal {
  /** Whether anybody can be asked. */
  readonly interactive: boolean;
  say(text: string): void;
  /** To the error output. */
  complain(text: string): void;
  confirm(question: string, byDefault: boolean): Promise<boolean>;
  /** What is typed is not shown. */
  secret(question: string, check: (text: string) => string | true): Promise<string>;
  text(question: string): Promise<string>;
}

/**
 * The process's own terminal. Questions can be asked only when both its ends are a terminal. Only what is typed once a
 * question stands there answers it.
 */
export function openTerminal(): Terminal {
  const interactive = process.stdin.isTTY === true && process.stdout.isTTY === true;
  const ask = async <Answer>(
    question: (prompts: typeof import('@inquirer/prompts')) => Promise<Answer>,
  ): Promise<Answer> => {
    if (!interactive) throw new CommandError('This is not a terminal, so nothing can be asked.');
    try {
      const prompts = await import('@inquirer/prompts');
      await discardTyped(process.stdin);
      return await question(prompts);
    } catch (error) {
      // Its own class is of a package of its own, so it goes by its name.
      if (error instanceof Error && error.name === 'ExitPromptError') throw new StoppedError();
      throw error;
    }
  };
  return {
    interactive,
    say: (text) => void process.stdout.write(`${text}\n`),
    complain: (text) => void process.stderr.write(`${text}\n`),
    confirm: (message, byDefault) => ask((prompts) => prompts.confirm({ message, default: byDefault })),
    secret: (message, validate) =>
      ask((prompts) =>
        prompts.password({ message, mask: false, validate: (text) => validate(text.trim()) }),
      ).then((text) => text.trim()),
    text: (message) => ask((prompts) => prompts.input({ message })).then((text) => text.trim()),
  };
}

/**
 * Throws away what was typed before: an Enter too many is no yes to a question that nobody has read. Inquirer means to
 * do so too, but whether it does depends on which phase of the event loop it is called in.
 */
async function discardTyped(input: NodeJS.ReadStream): Promise<void> {
  const discard = (): void => {};
  // Raw, for otherwise the terminal holds back a line that is not ended.
  input.setRawMode(true);
  input.on('data', discard);
  // Between one immediate and the next the event loop reads what is there.
  await setImmediate();
  await setImmediate();
  input.off('data', discard).pause();
}
