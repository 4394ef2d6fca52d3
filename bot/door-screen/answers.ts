import { GrammyError, InlineKeyboard, InputFile } from 'grammy';
import { cleanLine } from '../../party/clean-line.ts';
import { type ScreenLink, ScreenLinks } from '../../party/door-screen/screen-links.ts';
import type { Services } from '../../party/services.ts';
import { acknowledge, overwrite } from '../buttons.ts';
import type { BotContext } from '../context.ts';
import { timesOf } from '../times.ts';
import { newLinkButton, takeLinkBackButton } from './button-data.ts';
import { doorScreenText as text } from './door-screen.text.ts';
import { qrPicture } from './qr-picture.ts';

/** What a screen shows in two lines. */
const longestTitle = 60;

type DoorServices = Pick<Services, 'table' | 'now' | 'config' | 'settings'>;

const linksOf = ({ table, now }: DoorServices): ScreenLinks => new ScreenLinks(table, now);
const timeOf = async (services: DoorServices, { validUntil }: ScreenLink): Promise<string> =>
  (await timesOf(services)).clock(validUntil);

/**
 * Gives the link, or says where it is: only its hash is kept, so that it cannot be given twice.
 *
 * @param words what the host wants to stand on the screen; empty for what stands there
 */
export async function answerDoor(services: DoorServices, ctx: BotContext, words: string): Promise<unknown> {
  const links = linksOf(services);
  const { DOOR_URL } = services.config;
  if (DOOR_URL === undefined) return ctx.reply(text.none);
  if (ctx.chat?.type !== 'private') return ctx.reply(text.onlyInPrivate);
  const title = cleanLine(words);
  if ([...title].length > longestTitle) return ctx.reply(text.tooLong(longestTitle));
  if (title !== '' && (await links.rename(title))) return ctx.reply(text.renamed(title));
  const link = await links.current();
  // Each host has a chat of their own, and the message is in one of them; what it says may lead nowhere by now.
  if (link?.message?.chatId !== ctx.chat.id || !ScreenLinks.isAt(link, DOOR_URL))
    return sendNewLink(services, ctx, title || link?.title || text.title);
  return ctx.reply(text.known(await timeOf(services, link)), {
    reply_parameters: { message_id: link.message.messageId, allow_sending_without_reply: true },
    reply_markup: linkButtons(),
  });
}

/** Ends the link, and gives another one. */
export async function replaceLink(services: DoorServices, ctx: BotContext): Promise<void> {
  const link = await linksOf(services).current();
  await acknowledge(ctx);
  await overwrite(ctx, text.replaced);
  await sendNewLink(services, ctx, link?.title ?? text.title);
}

/** Ends the link. */
export async function takeLinkBack(services: DoorServices, ctx: BotContext): Promise<void> {
  const links = linksOf(services);
  const link = await links.current();
  await links.takeBack();
  await acknowledge(ctx);
  if (link) await writeOver(ctx, link, text.takenBack);
  await overwrite(ctx, text.takenBack);
}

async function sendNewLink(services: DoorServices, ctx: BotContext, title: string): Promise<void> {
  const { DOOR_URL, DOOR_OPENING_COMMAND } = services.config;
  const links = linksOf(services);
  const before = await links.current();
  const link = await links.create(title, DOOR_URL);
  if (before) await writeOver(ctx, before, text.replaced);
  const address = `${DOOR_URL}${link.token}/`;
  const { chat, message_id: messageId } = await ctx.replyWithPhoto(
    new InputFile(qrPicture(address), 'door.png'),
    {
      caption: text.link(address, await timeOf(services, link), DOOR_OPENING_COMMAND),
      reply_markup: linkButtons(),
    },
  );
  await links.shownIn(link, { chatId: chat.id, messageId });
}

const linkButtons = (): InlineKeyboard =>
  new InlineKeyboard()
    .text(text.newLink, newLinkButton.write({}))
    .text(text.takeBack, takeLinkBackButton.write({}));

/** The message with the link says that it is over. It may be gone, or say so already. */
async function writeOver(ctx: BotContext, { message }: ScreenLink, caption: string): Promise<void> {
  if (!message) return;
  try {
    await ctx.api.editMessageCaption(message.chatId, message.messageId, { caption });
  } catch (error) {
    if (!(error instanceof GrammyError && error.error_code === 400)) throw error;
  }
}
