import { createConversation } from '@grammyjs/conversations';
import type { Context, Middleware } from 'grammy';
import type { Message } from 'grammy/types';
import { hour } from '../../party/clock.ts';
import type { Services } from '../../party/services.ts';
import { withoutAddress } from '../api.ts';
import type { BotContext, Conversation } from '../context.ts';
import { Albums } from '../enrolment/albums.ts';
import { enrolmentText as text } from '../enrolment/enrolment.text.ts';
import { nameIn, photoIn, type SentPhoto } from '../enrolment/sent-photo.ts';
import { takePhoto } from '../enrolment/take-photo.ts';
import { maxNameLength, type NameReading, readName } from '../names.ts';
import { replyTo } from '../reply-to.ts';
import { retryOnce } from '../retry-once.ts';

/** By this name the conversation is entered, with the photo and, if it had a caption, what was wrong with it. */
export const askNameId = 'ask-name';

/** After this time whatever is written is no answer any more. */
const maxWait = hour;

/**
 * Asks who is in a photo that came without a name. Further photos without one wait for their turn; those of the
 * same album are the same guest's. Whatever is neither a name nor such a photo goes its own way.
 */
export function askName(services: Services): Middleware<BotContext> {
  const albums = new Albums(services.table, services.now);

  async function conversation(
    conversation: Conversation,
    ctx: Context,
    first: SentPhoto,
    problem?: NameReading,
  ): Promise<void> {
    let waiting = [first];
    await ctx.reply(problem ? problemText(problem) : text.who, replyTo(first));
    while (waiting[0]) {
      const [asked] = waiting;
      const { message } = await conversation.wait();
      const photo = hasName(message) ? undefined : photoIn(message);
      if (photo) {
        const { albumId } = photo;
        if (albumId && (await conversation.external(async () => !!(await albums.get(albumId))))) {
          return conversation.skip({ next: true });
        }
        waiting.push(photo);
        continue;
      }
      if (message?.text === undefined || message.text.startsWith('/'))
        return conversation.skip({ next: true });
      const reading = readName(message.text);
      if (!('name' in reading)) {
        await ctx.reply(problemText(reading), replyTo(asked));
        continue;
      }
      const named = waiting.filter((one) => one === asked || (one.albumId && one.albumId === asked.albumId));
      waiting = waiting.filter((one) => !named.includes(one));
      await conversation.external(async (outside) => {
        for (const one of named) {
          if (one.albumId) await albums.setName(one.albumId, reading.name);
          await takePhoto(services, outside, one, { name: reading.name });
        }
      });
      if (waiting[0]) await ctx.reply(text.who, replyTo(waiting[0]));
    }
  }
  return createConversation(conversation, {
    id: askNameId,
    maxMillisecondsToWait: maxWait,
    plugins: [
      async (ctx, next) => {
        ctx.api.config.use(withoutAddress, retryOnce());
        await next();
      },
    ],
  });
}

function hasName(message: Message | undefined): boolean {
  const reading = nameIn(message);
  return reading !== undefined && 'name' in reading;
}

function problemText(reading: NameReading): string {
  if (!('problem' in reading)) return text.who;
  return reading.problem === 'blank' ? text.blank : text.tooLong(reading.length, maxNameLength);
}
