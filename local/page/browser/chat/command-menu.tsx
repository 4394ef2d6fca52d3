import type { BotCommand } from 'grammy/types';

/** The commands that a text beginning with “/” may become. */
export function matchingCommands(text: string, commands: readonly BotCommand[]): readonly BotCommand[] {
  const begun = /^\/(\w*)$/.exec(text)?.[1];
  return begun === undefined ? [] : commands.filter(({ command }) => command.startsWith(begun.toLowerCase()));
}

interface CommandMenuProps {
  readonly id: string;
  readonly commands: readonly BotCommand[];
  /** Index of the one that Enter sends; -1 for none. */
  readonly active: number;
  readonly onChoose: (command: string) => void;
}

/** The bot's commands to choose from. */
export function CommandMenu({ id, commands, active, onChoose }: CommandMenuProps) {
  return (
    <div class="commands" id={id} role="listbox" aria-label="Commands">
      {commands.map(({ command, description }, index) => (
        <button
          type="button"
          key={command}
          id={`${id}-${index}`}
          role="option"
          aria-selected={index === active}
          tabIndex={-1}
          onClick={() => onChoose(`/${command}`)}
        >
          <strong>/{command}</strong>
          <span>{description}</span>
        </button>
      ))}
    </div>
  );
}
