import { Composer } from 'grammy';
import type { Guest } from '../../party/guests/guests.ts';
import { markChild } from '../../party/guests/mark-child.ts';
import { removeGuest, restoreGuest } from '../../party/guests/remove-guest.ts';
import type { Services } from '../../party/services.ts';
import { acknowledge, overwrite } from '../buttons.ts';
import { onPress, type Press } from '../callback-data.ts';
import type { BotContext } from '../context.ts';
import {
  guestListPageButton,
  isChildButton,
  isGuestButton,
  isNoChildButton,
  livesHereButton,
  openGuestButton,
  removeGuestButton,
  restoreGuestButton,
  undo,
} from '../guests/buttons.ts';
import { showGone } from '../guests/gone-guest.ts';
import { guestCard, guestList } from '../guests/guest-list.ts';
import { guestsText as text } from '../guests/guests.text.ts';

/** `/guests`, and each guest opened: lives here, is a guest, is a child, is removed, and all of it undone. */
export function guests(services: Services): Composer<BotContext> {
  const composer = new Composer<BotContext>();

  composer.command('guests', async (ctx) => {
    const { told, keyboard } = await guestList(services, 0, ctx.hasChatType('private'));
    await ctx.reply(told, keyboard && { reply_markup: keyboard });
  });

  composer.use(
    onPress(guestListPageButton, async (ctx, { page }) => {
      await acknowledge(ctx);
      const { told, keyboard } = await guestList(services, page, ctx.hasChatType('private'));
      await overwrite(ctx, told, keyboard);
    }),
  );

  composer.use(
    onPress(openGuestButton, async (ctx, { guestId }) => {
      const card = await guestCard(services, guestId);
      if (!card) return acknowledge(ctx, text.gone);
      await acknowledge(ctx);
      await overwrite(ctx, card.told, card.keyboard);
    }),
  );

  /** Says over the message with the button what was done; @param undone the data of the button that takes it back */
  async function tell(
    ctx: Press,
    guestId: string,
    guest: Guest | undefined,
    what: (name: string) => string,
    undone?: string,
  ): Promise<void> {
    if (!guest) return showGone(services, ctx, guestId);
    await acknowledge(ctx);
    await overwrite(ctx, what(guest.name), undone === undefined ? undefined : undo(undone));
  }

  composer.use(
    onPress(livesHereButton, async (ctx, { guestId }) => {
      const guest = await services.guests.setLivesHere(guestId, true);
      await tell(ctx, guestId, guest, text.cameToLive, isGuestButton.write({ guestId }));
    }),
  );

  composer.use(
    onPress(isGuestButton, async (ctx, { guestId }) => {
      const guest = await services.guests.setLivesHere(guestId, false);
      await tell(ctx, guestId, guest, text.cameAsGuest, livesHereButton.write({ guestId }));
    }),
  );

  for (const [button, isChild] of [
    [isChildButton, true],
    [isNoChildButton, false],
  ] as const) {
    composer.use(
      onPress(button, async (ctx, { guestId }) => {
        const guest = await markChild(services, guestId, isChild);
        const undone = isChild ? isNoChildButton : isChildButton;
        await tell(
          ctx,
          guestId,
          guest,
          isChild ? text.markedChild : text.markedNoChild,
          undone.write({ guestId }),
        );
      }),
    );
  }

  composer.use(
    onPress(removeGuestButton, async (ctx, { guestId }) => {
      const guest = await removeGuest(services, guestId);
      await tell(ctx, guestId, guest, text.removed, restoreGuestButton.write({ guestId }));
    }),
  );

  composer.use(
    onPress(restoreGuestButton, async (ctx, { guestId }) => {
      await tell(ctx, guestId, await restoreGuest(services, guestId), text.restored);
    }),
  );

  return composer;
}
