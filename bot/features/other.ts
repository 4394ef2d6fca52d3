import { Composer, type NextFunction } from 'grammy';
import type { Message } from 'grammy/types';
import type { Services } from '../../party/services.ts';
import { expire } from '../buttons.ts';
import type { BotContext } from '../context.ts';
import { Albums } from '../enrolment/albums.ts';
import { askerOf } from '../enrolment/asker.ts';
import { nameSaid } from '../enrolment/caption.ts';
import { SaidNames } from '../enrolment/said-name.ts';
import { otherText } from './other.text.ts';

/**
 * Whatever no other feature took, so that everything that somebody sends in a private chat is answered, whatever its
 * kind, those too that Telegram has yet to think of: the last of the features. In a group people talk to each other.
 */
export function other({ table, now }: Services): Composer<BotContext> {
  const composer = new Composer<BotContext>();
  const said = new SaidNames(table, now);
  const albums = new Albums(table, now);
  composer.on('callback_query', (ctx) => expire(ctx, otherText.oldButton));

  const inPrivate = composer.chatType('private').on('message');
  inPrivate.use((ctx, next) => (isTold(ctx.message) ? undefined : next()));
  inPrivate.on('message:entities:bot_command', (ctx) => ctx.reply(otherText.command));
  inPrivate.on('message:text', async (ctx) => {
    const name = nameSaid(ctx.message.text);
    if (name === undefined) return ctx.reply(otherText.text);
    await said.keep(askerOf(ctx), name, ctx.message);
    return ctx.reply(otherText.name(name));
  });
  // An album comes as many messages, and is one thing that somebody sent.
  inPrivate.use(async (ctx, next: NextFunction) => {
    const { media_group_id: albumId } = ctx.message;
    if (albumId === undefined || (await albums.firstAnswer(albumId))) await next();
  });
  inPrivate.on('message:voice', (ctx) => ctx.reply(otherText.voice));
  inPrivate.on(['message:video', 'message:video_note', 'message:animation'], (ctx) =>
    ctx.reply(otherText.video),
  );
  inPrivate.on('message:document', (ctx) => ctx.reply(otherText.file));
  inPrivate.on('message:contact', (ctx) => ctx.reply(otherText.contact));
  inPrivate.use((ctx) => ctx.reply(otherText.anything));
  return composer;
}

/**
 * What Telegram itself tells in a private chat (Bot API, Message): nobody has said it, and nobody waits for an answer.
 */
const told = [
  'pinned_message',
  'message_auto_delete_timer_changed',
  'write_access_allowed',
  'chat_background_set',
  'proximity_alert_triggered',
] as const satisfies ReadonlyArray<keyof Message>;

const isTold = (message: Message): boolean => told.some((kind) => kind in message);
