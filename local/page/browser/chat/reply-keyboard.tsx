import type { KeyboardButton, KeyboardButtonRequestUsers } from 'grammy/types';
import type { Message } from './types.ts';

interface ReplyKeyboardProps {
  readonly messages: readonly Message[];
  readonly onChoose: (text: string) => void;
  /** The bot asks for contacts. */
  readonly onPick: (request: KeyboardButtonRequestUsers) => void;
}

/** The answers that the bot offers instead of the keyboard, until it takes them away. */
export function ReplyKeyboard({ messages, onChoose, onPick }: ReplyKeyboardProps) {
  const markup = messages.findLast(
    ({ reply_markup }) => reply_markup && ('keyboard' in reply_markup || 'remove_keyboard' in reply_markup),
  )?.reply_markup;
  if (!markup || !('keyboard' in markup)) return null;
  const press = (button: KeyboardButton) =>
    typeof button === 'object' && 'request_users' in button
      ? onPick(button.request_users)
      : onChoose(textOf(button));
  return (
    <fieldset class="keyboard reply-keyboard" aria-label="Suggested answers">
      {markup.keyboard.map((row, index) => (
        <div class="keyboard-row" key={index}>
          {row.map((button) => (
            <button type="button" class="key" key={textOf(button)} onClick={() => press(button)}>
              {textOf(button)}
            </button>
          ))}
        </div>
      ))}
    </fieldset>
  );
}

const textOf = (button: KeyboardButton) => (typeof button === 'string' ? button : button.text);
