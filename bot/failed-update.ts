import type { Api } from 'grammy';
import type { Update } from 'grammy/types';
import { awsFailureOf } from '../party/aws-failure.ts';
import { failureText, laterWords } from './failure.text.ts';
import { quietly } from './quietly.ts';

/** An update that comes again and again was told of long ago; those of before are forgotten. */
const remembered = 100;

/**
 * Tells those who wrote that their update could not be handled, where it could not even be looked up who they are:
 * Telegram brings it again, and meanwhile nobody should wait without a word. In private, for it is no news to a group,
 * and once an update, as far as this process knows.
 */
export class FailedUpdates {
  readonly #told = new Set<number>();

  /** @param error why it is to come again */
  async toComeAgain(api: Api, update: Update, error: unknown): Promise<void> {
    if (this.#told.has(update.update_id)) return;
    if (this.#told.size >= remembered) this.#told.clear();
    this.#told.add(update.update_id);
    await tell(api, update, laterWords(awsFailureOf(error)));
  }

  async givenUp(api: Api, update: Update): Promise<void> {
    await tell(api, update, failureText.givenUp);
  }
}

async function tell(api: Api, update: Update, words: string): Promise<void> {
  const user = writerOf(update);
  if (user !== undefined) await quietly(api.sendMessage(user, words));
}

/** Who waits for an answer: whoever wrote in private, pressed a button or said a command. */
function writerOf({ message, callback_query: press }: Update): number | undefined {
  if (press) return press.from.id;
  const waits = message?.chat.type === 'private' || message?.text?.startsWith('/');
  return waits ? message?.from?.id : undefined;
}
