import { Composer } from 'grammy';
import type { Services } from '../../party/services.ts';
import { acknowledge } from '../buttons.ts';
import { onPress } from '../callback-data.ts';
import {
  addContactsButton,
  bringBackContactsButton,
  noKeyboard,
  pickContacts,
  takeBackContactsButton,
} from '../contacts/buttons.ts';
import { cancelContacts, contactQuestions } from '../contacts/contact-question.ts';
import { contactsText as text } from '../contacts/contacts.text.ts';
import type { BotContext } from '../context.ts';
import { askerOf } from '../enrolment/asker.ts';
import { basicsText } from './basics.text.ts';

/** What only few updates need: the webhook, which every update waits for, should not start with it. */
const receiving = () => import('../contacts/receive-contacts.ts');
const takingBack = () => import('../contacts/take-back-contacts.ts');

/**
 * Guests are added from the host's own contacts, by Telegram's picker: up to ten at once, with names and profile
 * photos.
 */
export function contacts(services: Services): Composer<BotContext> {
  const composer = new Composer<BotContext>();
  const questions = contactQuestions(services);
  const inPrivate = composer.chatType('private');

  inPrivate.use(
    onPress(addContactsButton, async (ctx) => {
      await acknowledge(ctx);
      const { message_id: messageId } = await ctx.reply(text.ask, { reply_markup: pickContacts });
      await questions.ask(askerOf(ctx), { messageId });
    }),
  );

  inPrivate.on('message:users_shared', async (ctx) => {
    await cancelContacts(services, ctx);
    await (await receiving()).receiveContacts(services, ctx);
  });

  // The button beside the picker: it writes what stands on it.
  inPrivate.hears(text.cancel, async (ctx) => {
    await cancelContacts(services, ctx);
    await ctx.reply(basicsText.cancelled, noKeyboard);
  });

  inPrivate.use(
    onPress(takeBackContactsButton, async (ctx, { messageId }) =>
      (await takingBack()).takeBackContacts(services, ctx, messageId),
    ),
  );
  inPrivate.use(
    onPress(bringBackContactsButton, async (ctx, { messageId }) =>
      (await takingBack()).bringBackContacts(services, ctx, messageId),
    ),
  );

  return composer;
}
