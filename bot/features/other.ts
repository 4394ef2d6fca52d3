import { Composer } from 'grammy';
import { acknowledge } from '../buttons.ts';
import type { BotContext } from '../context.ts';
import { otherText } from './other.text.ts';

/**
 * Whatever no other feature took, so that everything in a private chat is answered: the last of the features. In a
 * group people talk to each other.
 */
export function other(): Composer<BotContext> {
  const composer = new Composer<BotContext>();
  composer.on('callback_query', (ctx) => acknowledge(ctx, otherText.oldButton));

  const inPrivate = composer.chatType('private');
  inPrivate.on('message:entities:bot_command', (ctx) => ctx.reply(otherText.command));
  inPrivate.on('message:text', (ctx) => ctx.reply(otherText.text));
  inPrivate.on('message:voice', (ctx) => ctx.reply(otherText.voice));
  inPrivate.on(['message:video', 'message:video_note', 'message:animation'], (ctx) =>
    ctx.reply(otherText.video),
  );
  inPrivate.on('message:document', (ctx) => ctx.reply(otherText.file));
  inPrivate.on(
    ['message:sticker', 'message:location', 'message:contact', 'message:poll', 'message:dice'],
    (ctx) => ctx.reply(otherText.anything),
  );
  return composer;
}
