import { Composer } from 'grammy';
import type { Services } from '../../party/services.ts';
import { noKeyboard } from '../contacts/buttons.ts';
import { cancelContacts } from '../contacts/contact-question.ts';
import type { BotContext } from '../context.ts';
import { forgetWaiting } from '../enrolment/whose-photos.ts';
import { forgetGroups } from '../group-photo/answer-group.ts';
import { cancelFaceName } from '../unknown-faces/name-question.ts';
import { basicsText } from './basics.text.ts';
import { cancelRename } from './rename-guest.ts';
import { cancelSongQuestion } from './songs.ts';

/** `/start`, `/help` and `/cancel`. */
export function basics(services: Services): Composer<BotContext> {
  const { guests, songs } = services;
  const composer = new Composer<BotContext>();

  composer.command('start', async (ctx) => {
    const [invited, music] = await Promise.all([guests.list(), songs.list()]);
    await ctx.reply(basicsText.overview(invited.length, music.length));
  });

  composer.command('help', (ctx) => ctx.reply(basicsText.help));

  composer.command('cancel', async (ctx) => {
    const [photos, groups, song, name, faceName, contacts] = await Promise.all([
      forgetWaiting(services, ctx),
      forgetGroups(services, ctx),
      cancelSongQuestion(services, ctx),
      cancelRename(services, ctx),
      cancelFaceName(services, ctx),
      cancelContacts(services, ctx),
    ]);
    const isCancelled = photos + groups > 0 || song || name || faceName || contacts;
    await ctx.reply(
      isCancelled ? basicsText.cancelled : basicsText.nothingToCancel,
      contacts ? noKeyboard : {},
    );
  });

  return composer;
}
