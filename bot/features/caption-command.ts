import { Composer } from 'grammy';
import type { Message } from 'grammy/types';
import type { Services } from '../../party/services.ts';
import type { BotContext } from '../context.ts';
import { askNext } from '../enrolment/ask-whose.ts';
import { keepPhoto } from '../enrolment/receive-photo.ts';
import { photoIn } from '../enrolment/sent-photo.ts';

/**
 * A command under a photo is carried out as if it had been written; the photo is kept, and asked about behind the
 * answer. Before all features with commands, which read texts alone.
 */
export function captionCommand(services: Services): Composer<BotContext> {
  const composer = new Composer<BotContext>();
  composer.chatType('private').on('message:photo', async (ctx, next) => {
    const { message } = ctx;
    const [first] = message.caption_entities ?? [];
    if (first?.type !== 'bot_command' || first.offset !== 0) return next();
    const waits = await keepPhoto(services, ctx, photoIn(message)!);
    const { caption, caption_entities: entities, photo: _kept, ...rest } = message;
    Object.assign(ctx.update, { message: { ...rest, text: caption, entities } as Message });
    await next();
    if (waits) await askNext(services, ctx);
  });
  return composer;
}
