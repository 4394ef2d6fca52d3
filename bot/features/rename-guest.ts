import { Composer } from 'grammy';
import { namesakes } from '../../party/guests/guests.ts';
import type { Services } from '../../party/services.ts';
import { acknowledge, expire, overwrite } from '../buttons.ts';
import { onPress } from '../callback-data.ts';
import type { BotContext } from '../context.ts';
import { askerOf } from '../enrolment/asker.ts';
import { enrolmentText } from '../enrolment/enrolment.text.ts';
import { nameBackButton, renameGuestButton, undo } from '../guests/buttons.ts';
import { showGone } from '../guests/gone-guest.ts';
import { guestsText as text } from '../guests/guests.text.ts';
import { renameQuestions } from '../guests/rename-question.ts';
import { readName } from '../names.ts';

/** A guest gets another name, by a reply to the question. */
export function renameGuest(services: Services): Composer<BotContext> {
  const { guests } = services;
  const composer = new Composer<BotContext>();
  const questions = renameQuestions(services);

  composer.use(
    onPress(renameGuestButton, async (ctx, { guestId }) => {
      const guest = await guests.get(guestId);
      if (!guest) return showGone(services, ctx, guestId);
      await acknowledge(ctx);
      const { message_id: messageId } = await ctx.reply(text.newName(guest.name), {
        reply_markup: { force_reply: true, selective: true },
      });
      await questions.ask(askerOf(ctx), { guestId, messageId });
    }),
  );

  // Only a reply is a name: whatever else is written meanwhile is not about the guest.
  composer.on('message:text').filter(
    ({ msg }) => msg.reply_to_message !== undefined && !msg.text.startsWith('/'),
    async (ctx, next) => {
      const asker = askerOf(ctx);
      const question = await questions.get(asker);
      if (question?.messageId !== ctx.msg.reply_to_message?.message_id) return next();
      const said = readName(ctx.msg.text);
      if (!('name' in said)) return ctx.reply(text.notAName);
      if (!question) return;
      // It stays open: the next reply may be a name that nobody has.
      const others = (await guests.list()).filter(({ id }) => id !== question.guestId);
      const [namesake] = namesakes(said.name, others);
      if (namesake) return ctx.reply(enrolmentText.nameTaken(namesake.name));
      if (!(await questions.settle(asker, question))) return;
      const before = await guests.get(question.guestId);
      const renamed = await guests.rename(question.guestId, said.name);
      if (!before || !renamed) return ctx.reply(text.gone);
      await ctx.reply(text.renamed(before.name, renamed.name), {
        reply_markup: undo(nameBackButton.write({ guestId: renamed.id })),
      });
    },
  );

  composer.use(
    onPress(nameBackButton, async (ctx, { guestId }) => {
      const guest = await guests.nameBack(guestId);
      if (!guest) return expire(ctx, text.gone);
      await acknowledge(ctx);
      await overwrite(ctx, text.renamedBack(guest.name));
    }),
  );

  return composer;
}

/** Withdraws the question what a guest's name is. @returns whether there was one */
export async function cancelRename(services: Services, ctx: BotContext): Promise<boolean> {
  const questions = renameQuestions(services);
  const question = await questions.get(askerOf(ctx));
  return question !== undefined && (await questions.settle(askerOf(ctx), question));
}
