import { Composer } from 'grammy';
import type { Dispatcher } from '../../party/outbox/dispatcher.ts';
import type { Services } from '../../party/services.ts';
import type { BotContext } from '../context.ts';
import { askerOf } from '../enrolment/asker.ts';
import { faceNameQuestions } from '../unknown-faces/name-question.ts';

/** The name of a new guest, or of one who lives here, by a reply to the question about an unknown face. */
export function unknownFaceName(services: Services, dispatcher: Dispatcher): Composer<BotContext> {
  const composer = new Composer<BotContext>();
  const questions = faceNameQuestions(services);

  // Only a reply is a name: whatever else is written meanwhile is not about the face.
  composer.on('message:text').filter(
    ({ msg }) => msg.reply_to_message !== undefined && !msg.text.startsWith('/'),
    async (ctx, next) => {
      const question = await questions.get(askerOf(ctx));
      if (!question || question.messageId !== ctx.msg.reply_to_message?.message_id) return next();
      // Loaded when it is needed: few guests are named so.
      const { nameFace } = await import('../unknown-faces/name-face.ts');
      await nameFace(services, dispatcher, ctx, question);
    },
  );

  return composer;
}
