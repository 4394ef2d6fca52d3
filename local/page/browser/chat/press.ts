import { useCallback, useRef, useState } from 'preact/hooks';
import { inWords, postJson } from '../http.ts';
import { notify } from '../notices.tsx';
import type { CallbackAnswer } from './types.ts';

/** After so long without an answer the button is let go. */
const patience = 20_000;

/** A button of a message: which chat, message and data. */
export interface Button {
  readonly chatId: number;
  readonly messageId: number;
  readonly data: string;
}

/** Names a button among all others. */
export const buttonKey = ({ chatId, messageId, data }: Button) => `${chatId}/${messageId}/${data}`;

/** Presses buttons and keeps which of them wait for the bot's answer. */
export function usePresses(personId: number) {
  const [waiting, setWaiting] = useState<ReadonlySet<string>>(new Set());
  const buttons = useRef(new Map<string, string>());
  const answered = useRef(new Set<string>());

  const release = useCallback((key: string) => {
    setWaiting((keys) => new Set([...keys].filter((other) => other !== key)));
  }, []);

  const press = useCallback(
    async (button: Button) => {
      const key = buttonKey(button);
      setWaiting((keys) => new Set(keys).add(key));
      try {
        const { callback_query_id: id } = await postJson<{ callback_query_id: string }>(
          `/telegram/chats/${button.chatId}/messages/${button.messageId}/press`,
          { as: personId, data: button.data },
        );
        if (answered.current.has(id)) return release(key); // The answer may overtake this.
        buttons.current.set(id, key);
        setTimeout(() => {
          if (buttons.current.delete(id)) release(key);
        }, patience);
      } catch (error) {
        release(key);
        notify(inWords(error), 'error');
      }
    },
    [personId, release],
  );

  const onAnswer = useCallback(
    ({ callback_query_id: id, text, show_alert }: CallbackAnswer) => {
      answered.current.add(id);
      const key = buttons.current.get(id);
      buttons.current.delete(id);
      if (key !== undefined) release(key);
      if (text) notify(text, show_alert ? 'alert' : 'info');
    },
    [release],
  );

  return { waiting, press, onAnswer };
}
