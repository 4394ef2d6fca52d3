import { Composer } from 'grammy';
import { loggable } from '../../party/loggable.ts';
import { doorNow } from '../../party/parties/door.ts';
import type { Party } from '../../party/parties/party.ts';
import { CameraTrouble } from '../../party/recognition/camera-trouble.ts';
import type { Services } from '../../party/services.ts';
import { askForPicture } from '../ask-for-picture.ts';
import { cameraText as text } from '../camera/camera.text.ts';
import type { BotContext } from '../context.ts';
import { writeOver } from '../write-over.ts';

/** `/camera`: the picture now, in private, as soon as it is drawn; or why there is none. */
export function camera(services: Services): Composer<BotContext> {
  const composer = new Composer<BotContext>();
  composer.command('camera', async (ctx) => {
    const { id: chatId } = ctx.from!;
    const party = await services.parties.on();
    if (!party) {
      const trouble = await new CameraTrouble(services.table).read();
      return ctx.api.sendMessage(chatId, text.notNow(trouble));
    }
    const { message_id: messageId } = await ctx.api.sendMessage(chatId, text.looking);
    const trouble = await whyUnseen(services, party);
    if (trouble !== undefined) return writeOver(ctx.api, { chatId, messageId }, text.none(trouble));
    return askForPicture(services, { job: 'camera', chatId, messageId });
  });
  return composer;
}

/** What is wrong with the camera, when no picture of it comes and somebody knows why. */
async function whyUnseen(
  { recognition, now, log }: Pick<Services, 'recognition' | 'now' | 'log'>,
  party: Party,
): Promise<string | undefined> {
  try {
    const status = await recognition.status();
    const { state } = doorNow(party, status, now());
    const isSeen = state === 'seen' || state === 'too slow';
    return status.state !== 'on' || isSeen ? undefined : (status.message ?? status.pulse?.problem);
  } catch (error) {
    log.warn('What is wrong with the camera is not known', loggable(error));
    return undefined;
  }
}
