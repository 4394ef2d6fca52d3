import { Composer } from 'grammy';
import { CameraTrouble } from '../../party/recognition/camera-trouble.ts';
import type { Services } from '../../party/services.ts';
import { askForPicture } from '../ask-for-picture.ts';
import { cameraText as text } from '../camera/camera.text.ts';
import type { BotContext } from '../context.ts';

/** `/camera`: the picture now, in private, as soon as it is drawn. */
export function camera(services: Services): Composer<BotContext> {
  const composer = new Composer<BotContext>();
  composer.command('camera', async (ctx) => {
    const { id: chatId } = ctx.from!;
    if (!(await services.parties.on())) {
      const trouble = await new CameraTrouble(services.table).read();
      return ctx.api.sendMessage(chatId, text.notNow(trouble));
    }
    const { message_id: messageId } = await ctx.api.sendMessage(chatId, text.looking);
    return askForPicture(services, { job: 'camera', chatId, messageId });
  });
  return composer;
}
