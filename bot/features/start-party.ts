import { Composer } from 'grammy';
import type { Dispatcher } from '../../party/outbox/dispatcher.ts';
import type { Services } from '../../party/services.ts';
import type { BotContext } from '../context.ts';
import { topicOf } from '../in-topic.ts';
import { answerStart } from '../party/answer-start.ts';
import { askTimeZone } from '../settings/ask-time-zone.ts';

/** `/start_party [4h | until 01:00]`. The chat where it is said is the party's. */
export function startParty(services: Services, dispatcher: Dispatcher): Composer<BotContext> {
  const composer = new Composer<BotContext>();
  composer.command('start_party', async (ctx) => {
    const { id: userId, language_code: language } = ctx.from!;
    const { message_id: askedIn } = ctx.msg;
    const said = { chatId: ctx.chatId, ...topicOf(ctx.msg), userId, askedIn, words: ctx.match };
    // Until when it is, and what "8pm" means, depends on it.
    if ((await services.settings.read()).timeZone === undefined)
      await askTimeZone(services, ctx.api, said, language);
    else await answerStart(services, dispatcher, ctx.api, said);
  });
  return composer;
}
