import type { InlineKeyboardButton } from 'grammy/types';
import { safeAddress } from './entities.ts';
import { buttonKey } from './press.ts';
import type { Message } from './types.ts';

interface KeyboardProps {
  readonly message: Message;
  /** Keys of the buttons that wait for an answer. */
  readonly waiting: ReadonlySet<string>;
  readonly onPress: (data: string) => void;
}

/** The buttons under a message. */
export function InlineKeyboard({ message, waiting, onPress }: KeyboardProps) {
  const { reply_markup: markup } = message;
  if (!markup || !('inline_keyboard' in markup)) return null;
  return (
    <div class="keyboard">
      {markup.inline_keyboard.map((row, index) => (
        <div class="keyboard-row" key={index}>
          {row.map((button) => (
            <KeyboardButton
              key={button.text}
              button={button}
              waits={'callback_data' in button && waiting.has(keyOf(message, button.callback_data))}
              onPress={onPress}
            />
          ))}
        </div>
      ))}
    </div>
  );
}

const keyOf = (message: Message, data: string) =>
  buttonKey({ chatId: message.chat.id, messageId: message.message_id, data });

interface KeyboardButtonProps {
  readonly button: InlineKeyboardButton;
  readonly waits: boolean;
  readonly onPress: (data: string) => void;
}

function KeyboardButton({ button, waits, onPress }: KeyboardButtonProps) {
  if ('callback_data' in button) {
    return (
      <button
        type="button"
        class={waits ? 'key waits' : 'key'}
        aria-busy={waits}
        disabled={waits}
        onClick={() => onPress(button.callback_data)}
      >
        {button.text}
      </button>
    );
  }
  const href = 'url' in button ? safeAddress(button.url) : undefined;
  if (href !== undefined) {
    return (
      <a class="key" href={href} target="_blank" rel="noopener noreferrer">
        {button.text} ↗
      </a>
    );
  }
  return (
    <button type="button" class="key" disabled title="Only the Telegram app knows this kind of button.">
      {button.text}
    </button>
  );
}
