import { CommandError, StoppedError } from './errors.ts';

/** The host at the terminal: what is said to and asked of them. */
export interface Terminal {
  /** Whether anybody can be asked. */
  readonly interactive: boolean;
  say(text: string): void;
  confirm(question: string, byDefault: boolean): Promise<boolean>;
  /** What is typed is not shown. */
  secret(question: string, check: (text: string) => string | true): Promise<string>;
  text(question: string): Promise<string>;
}

/**
 * The process's own terminal. Questions can be asked only when both its ends are a terminal.
 *
 * @param stopped said when a question is broken off with Ctrl+C
 */
export function openTerminal(stopped: string): Terminal {
  const interactive = process.stdin.isTTY === true && process.stdout.isTTY === true;
  const ask = async <Answer>(
    question: (prompts: typeof import('@inquirer/prompts')) => Promise<Answer>,
  ): Promise<Answer> => {
    if (!interactive) throw new CommandError('This is not a terminal, so nothing can be asked.');
    try {
      return await question(await import('@inquirer/prompts'));
    } catch (error) {
      // Its own class is of a package of its own, so it goes by its name.
      if (error instanceof Error && error.name === 'ExitPromptError') throw new StoppedError(stopped);
      throw error;
    }
  };
  return {
    interactive,
    say: (text) => void process.stdout.write(`${text}\n`),
    confirm: (message, byDefault) => ask((prompts) => prompts.confirm({ message, default: byDefault })),
    secret: (message, validate) =>
      ask((prompts) =>
        prompts.password({ message, mask: false, validate: (text) => validate(text.trim()) }),
      ).then((text) => text.trim()),
    text: (message) => ask((prompts) => prompts.input({ message })).then((text) => text.trim()),
  };
}
