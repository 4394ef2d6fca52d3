import type { Message } from './types.ts';

interface ReplyKeyboardProps {
  readonly messages: readonly Message[];
  readonly onChoose: (text: string) => void;
}

/** The answers that the bot offers instead of the keyboard, until it takes them away. */
export function ReplyKeyboard({ messages, onChoose }: ReplyKeyboardProps) {
  const markup = messages.findLast(
    ({ reply_markup }) => reply_markup && ('keyboard' in reply_markup || 'remove_keyboard' in reply_markup),
  )?.reply_markup;
  if (!markup || !('keyboard' in markup)) return null;
  return (
    <fieldset class="keyboard reply-keyboard" aria-label="Suggested answers">
      {markup.keyboard.map((row, index) => (
        <div class="keyboard-row" key={index}>
          {row
            .map((button) => (typeof button === 'string' ? button : button.text))
            .map((text) => (
              <button type="button" class="key" key={text} onClick={() => onChoose(text)}>
                {text}
              </button>
            ))}
        </div>
      ))}
    </fieldset>
  );
}
