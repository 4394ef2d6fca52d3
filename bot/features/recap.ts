import { Composer } from 'grammy';
import { loggable } from '../../party/loggable.ts';
import type { PastParty } from '../../party/parties/party.ts';
import { readRecap } from '../../party/parties/recap.ts';
import { endReasonOf } from '../../party/parties/recap-delivery.ts';
import { isRecapPictureSent } from '../../party/parties/recap-picture.ts';
import type { Services } from '../../party/services.ts';
import { askForPicture } from '../ask-for-picture.ts';
import { acknowledge, expire, pageOfChoices, turnPage } from '../buttons.ts';
import { onPress } from '../callback-data.ts';
import type { BotContext } from '../context.ts';
import { partyIdOf } from '../party/buttons.ts';
import { recapPageButton, shareButton, showRecapButton } from '../recap/buttons.ts';
import { recapText as text } from '../recap/recap.text.ts';
import { recapLines } from '../recap/recap-lines.ts';
import { recapPictureText as pictureText } from '../recap/recap-picture.text.ts';
import { timesOf } from '../times.ts';
import { inMessages } from '../wording.ts';

/** `/recap`: an earlier party's, in private, wherever it is said; and *Share with the group*, below each. */
export function recap(services: Services): Composer<BotContext> {
  const { parties, pictures, log } = services;
  const composer = new Composer<BotContext>();

  composer.command('recap', async (ctx) => {
    const { id: userId } = ctx.from!;
    const past = await parties.past();
    const [only, ...others] = past;
    if (!only) return ctx.api.sendMessage(userId, (await parties.on()) ? text.stillOn : text.none);
    if (others.length === 0) return show(ctx, only);
    return ctx.api.sendMessage(userId, text.which, { reply_markup: await choices(past, 0) });
  });

  composer.use(
    onPress(recapPageButton, async (ctx, { page }) =>
      turnPage(ctx, await choices(await parties.past(), page)),
    ),
  );

  composer.use(
    onPress(showRecapButton, async (ctx, place) => {
      const party = await find(place);
      if (!party) return acknowledge(ctx, pictureText.forgotten);
      await acknowledge(ctx);
      await show(ctx, party);
    }),
  );

  composer.use(
    onPress(shareButton, async (ctx, place) => {
      const party = await find(place);
      if (!party) return expire(ctx, pictureText.forgotten);
      const to = { audience: 'guests' } as const;
      if (await isRecapPictureSent(services, party.id, to)) return expire(ctx, pictureText.sharedAlready);
      try {
        await pictures.ask({ job: 'recap', partyId: party.id, ...to });
      } catch (error) {
        log.warn('The picture of a recap could not be asked for', loggable(error));
        return acknowledge(ctx, pictureText.notNow);
      }
      await expire(ctx, pictureText.onItsWay);
    }),
  );

  /** The newest first. */
  async function choices(past: readonly PastParty[], page: number) {
    const { date, clock } = await timesOf(services);
    const all = past.toReversed().map(({ id, startedAt }) => ({
      label: text.party(date(startedAt), clock(startedAt)),
      data: showRecapButton.write({ party: Date.parse(id) }),
    }));
    return pageOfChoices(all, page, (turned) => recapPageButton.write({ page: turned }));
  }

  const find = async (place: { readonly party: number }): Promise<PastParty | undefined> =>
    (await parties.past()).find(({ id }) => id === partyIdOf(place));

  /** The words at once, and the picture as soon as it is drawn. */
  async function show(ctx: BotContext, party: PastParty): Promise<void> {
    const { id: chatId } = ctx.from!;
    const told = await readRecap(services, party, await endReasonOf(services, party));
    let messageId = 0;
    for (const part of inMessages(recapLines(told, await timesOf(services))))
      ({ message_id: messageId } = await ctx.api.sendMessage(chatId, part));
    if (told.came.length === 0) return;
    const asked = { chatId, messageId };
    await askForPicture(services, { job: 'recap', partyId: party.id, audience: 'host', asked });
  }

  return composer;
}
