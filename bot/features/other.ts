import { Composer } from 'grammy';
import { acknowledge } from '../buttons.ts';
import type { BotContext } from '../context.ts';
import { otherText } from './other.text.ts';

/**
 * Whatever no other feature took, so that nobody in a private chat is left without an answer. In a group people
 * talk to each other.
 */
export function other(): Composer<BotContext> {
  const composer = new Composer<BotContext>();
  composer.on('callback_query', (ctx) => acknowledge(ctx, otherText.oldButton));

  const alone = composer.chatType('private');
  alone.on('message:entities:bot_command', (ctx) => ctx.reply(otherText.command));
  alone.on('message:text', (ctx) => ctx.reply(otherText.text));
  alone.on('message:voice', (ctx) => ctx.reply(otherText.voice));
  alone.on(['message:video', 'message:video_note', 'message:animation'], (ctx) => ctx.reply(otherText.video));
  alone.on('message:document', (ctx) => ctx.reply(otherText.file));
  alone.on(
    ['message:sticker', 'message:location', 'message:contact', 'message:poll', 'message:dice'],
    (ctx) => ctx.reply(otherText.anything),
  );
  return composer;
}
