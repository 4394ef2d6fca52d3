import { Composer } from 'grammy';
import type { Services } from '../../party/services.ts';
import { onPress } from '../callback-data.ts';
import type { BotContext } from '../context.ts';
import { askerOf } from '../enrolment/asker.ts';
import {
  otherGuestButton,
  pickGuestButton,
  pickNameButton,
  sameGuestButton,
  someoneElseButton,
} from '../enrolment/buttons.ts';
import { pickGuest, pickName } from '../enrolment/pick-whose.ts';
import { hearAlbumName, receivePhoto } from '../enrolment/receive-photo.ts';
import { photoIn } from '../enrolment/sent-photo.ts';
import { WaitingPhotos } from '../enrolment/waiting-photos.ts';
import { answerQuestion, answerWhose } from '../enrolment/whose-photos.ts';
import { answerGroup } from '../group-photo/answer-group.ts';

/** What only few updates need: the webhook, which every update waits for, should not start with it. */
const editing = () => import('../enrolment/edited-caption.ts');
const settling = () => import('../enrolment/settle-question.ts');

/**
 * A photo makes a guest: the caption is the name, or the answer to who it is. In private chats only: a photo in a group
 * is for the people there.
 */
export function photo(services: Services): Composer<BotContext> {
  const composer = new Composer<BotContext>();
  const inPrivate = composer.chatType('private');

  inPrivate.on('message:photo', (ctx) => receivePhoto(services, ctx, photoIn(ctx.message)!));
  inPrivate.on('edited_message:photo', async (ctx) =>
    (await editing()).editedCaption(services, ctx, photoIn(ctx.editedMessage)!),
  );

  inPrivate.on('message:video', async (ctx, next) => {
    await hearAlbumName(services, ctx);
    await next();
  });

  inPrivate.on('message:text', async (ctx, next) => {
    if (ctx.message.text.startsWith('/')) return next();
    const waits = (await new WaitingPhotos(services.table, services.now).list(askerOf(ctx))).length > 0;
    if (await answerGroup(services, ctx, { onlyReplies: waits })) return;
    if (await answerQuestion(services, ctx)) return;
    if (!(await answerWhose(services, ctx))) await next();
  });

  inPrivate.use(onPress(pickGuestButton, (ctx, picked) => pickGuest(services, ctx, picked)));
  inPrivate.use(onPress(pickNameButton, (ctx, picked) => pickName(services, ctx, picked)));
  inPrivate.use(
    onPress(sameGuestButton, async (ctx, { photoId }) =>
      (await settling()).settleQuestion(services, ctx, photoId, ({ sameId }) => sameId),
    ),
  );
  inPrivate.use(
    onPress(otherGuestButton, async (ctx, { photoId }) =>
      (await settling()).settleQuestion(services, ctx, photoId, ({ otherId }) => otherId),
    ),
  );
  inPrivate.use(
    onPress(someoneElseButton, async (ctx, { photoId }) =>
      (await settling()).someoneElse(services, ctx, photoId),
    ),
  );

  return composer;
}
