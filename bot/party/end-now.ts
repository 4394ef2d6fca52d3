import { RecognitionError } from '../../party/errors.ts';
import type { Dispatcher } from '../../party/outbox/dispatcher.ts';
import { endParty, isRecapSent, recapToldIn } from '../../party/parties/end-party.ts';
import type { Party } from '../../party/parties/party.ts';
import type { Services } from '../../party/services.ts';
import type { BotContext } from '../context.ts';
import { endText } from '../end-party.text.ts';
import { chatName } from '../features/chat-name.ts';
import { partyText as text } from '../features/party.text.ts';
import { showTyping } from '../typing.ts';

/** Ends the party for a host, and says what is not said in its chat. */
export async function endNow(
  services: Services,
  dispatcher: Dispatcher,
  ctx: BotContext,
  party: Party,
): Promise<void> {
  await showTyping(ctx);
  try {
    const reason = party.endsAt > services.now() ? 'asked' : 'time is over';
    await endParty(services, dispatcher, party, reason);
  } catch (error) {
    if (!(error instanceof RecognitionError)) throw error;
    await ctx.reply(endText.recognitionRuns(error.message));
    return;
  }
  const audience = ctx.chatId === party.startedBy ? 'host' : 'guests';
  const toldIn = await recapToldIn(services, party, audience);
  if (toldIn === ctx.chatId) return;
  // Where the list is, or will be: never that it is where it could not be sent.
  const where = toldIn === undefined ? undefined : await chatName(ctx.api, toldIn);
  if (where !== undefined) await ctx.reply(text.endedElsewhere(where));
  else if (!(await isRecapSent(services, party, audience))) await ctx.reply(text.endedListLater);
}
