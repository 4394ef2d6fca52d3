import { Composer, type InlineKeyboard } from 'grammy';
import { distinctNames } from '../../party/guests/guests.ts';
import type { Services } from '../../party/services.ts';
import { turnPage } from '../buttons.ts';
import { onPress } from '../callback-data.ts';
import type { BotContext } from '../context.ts';
import { guestListChoices, guestListPageButton } from '../songs/buttons.ts';
import { songsText, songTitle } from '../songs/songs.text.ts';
import { inMessages } from '../wording.ts';

/** `/guests`. */
export function lists({ guests, songs }: Services): Composer<BotContext> {
  const composer = new Composer<BotContext>();

  composer.command('guests', async (ctx) => {
    const [everybody, all] = await Promise.all([guests.list(), songs.list()]);
    if (everybody.length === 0) return ctx.reply(songsText.nobodyInvited);
    const titles = new Map(all.map((song) => [song.id, songTitle(song)]));
    const photos = await Promise.all(everybody.map(({ id }) => guests.photos(id)));
    const names = distinctNames(everybody);
    const lines = everybody.map(({ id, songId }, index) =>
      songsText.guestLine(names.get(id)!, photos[index]!.length, songId && titles.get(songId)),
    );
    if (all.length === 0) return say(ctx, [songsText.invited(everybody.length), ...lines]);
    return say(
      ctx,
      [songsText.invited(everybody.length), ...lines, songsText.pressGuest],
      guestListChoices(everybody, 0),
    );
  });

  composer.use(
    onPress(guestListPageButton, async (ctx, { page }) => {
      await turnPage(ctx, guestListChoices(await guests.list(), page));
    }),
  );

  return composer;
}

/** However long the list is; the buttons go under its end. */
async function say(ctx: BotContext, lines: readonly string[], keyboard?: InlineKeyboard): Promise<void> {
  const messages = inMessages(lines);
  for (const [index, message] of messages.entries()) {
    const last = index === messages.length - 1;
    await ctx.reply(message, last && keyboard ? { reply_markup: keyboard } : {});
  }
}
