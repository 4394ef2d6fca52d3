import { Composer, InlineKeyboard } from 'grammy';
import { day } from '../../party/clock.ts';
import { countToForget, forgetAlone, isNothing, type Receipt } from '../../party/forget/forget.ts';
import type { Scope } from '../../party/forget/scopes.ts';
import { namesakes } from '../../party/guests/guests.ts';
import { Removals } from '../../party/guests/removals.ts';
import type { Services } from '../../party/services.ts';
import { acknowledge, expire, overwrite, takeButtons } from '../buttons.ts';
import { onPress } from '../callback-data.ts';
import type { BotContext } from '../context.ts';
import {
  askEverythingButton,
  askFacesButton,
  askGuestButton,
  askPartyButton,
  choices,
  confirm,
  forgetEverythingButton,
  forgetFacesButton,
  forgetGuestButton,
  forgetPartyButton,
  keepButton,
  partiesButton,
} from '../forget/buttons.ts';
import { forgetText as text } from '../forget/forget.text.ts';
import { partyIdOf } from '../party/buttons.ts';
import { songTitle } from '../songs/songs.text.ts';
import { timesOf } from '../times.ts';

/** So many parties are offered, the newest first. */
const mostParties = 8;

/** What is told, and the buttons below it. */
interface Told {
  readonly told: string;
  readonly keyboard?: InlineKeyboard;
}

/**
 * `/forget Anna`, a party, all faces, or everything: asked once more, done, and counted. In private, wherever it is
 * said.
 */
export function forget(services: Services): Composer<BotContext> {
  const { parties, guests, songs, table, now } = services;
  const removals = new Removals(table);
  const composer = new Composer<BotContext>();

  composer.command('forget', async (ctx) => {
    const { told, keyboard } = await answerTo(ctx.match.trim());
    await ctx.api.sendMessage(ctx.from!.id, told, keyboard ? { reply_markup: keyboard } : {});
  });

  async function answerTo(said: string): Promise<Told> {
    if (said === '') return { told: text.what, keyboard: choices((await parties.lastPast()) !== undefined) };
    if (/^(everything|all)$/i.test(said)) return ask({ what: 'everything' });
    if (/^(all )?faces$/i.test(said)) return ask({ what: 'faces' });
    if (/^(a |the )?(last )?part(y|ies)$/i.test(said)) return whichParty();
    // Those too that were removed and could still be restored.
    const found = namesakes(said, await removals.guests());
    const [only, ...others] = found;
    if (!only) return { told: text.nobody(said) };
    if (others.length === 0) return ask({ what: 'guest', guestId: only.id });
    const keyboard = new InlineKeyboard();
    for (const [index, { id: guestId, name }] of found.entries())
      keyboard.text(`${name} (${index + 1})`, askGuestButton.write({ guestId })).row();
    return { told: text.which(only.name), keyboard };
  }

  async function whichParty(): Promise<Told> {
    const past = (await parties.past()).slice(-mostParties).reverse();
    if (past.length === 0) return { told: text.noParties };
    const keyboard = new InlineKeyboard();
    const times = await timesOf(services);
    for (const { id, startedAt } of past)
      keyboard.text(times.date(startedAt), askPartyButton.write({ party: Date.parse(id) })).row();
    return { told: text.whichParty, keyboard };
  }

  /** Once more, with how much it is. */
  async function ask(scope: Scope): Promise<Told> {
    if (isOfHouse(scope) && (await parties.latest())) return { told: text.partyOn };
    const name = await nameOf(scope);
    if (name === undefined) return { told: text.gone };
    const there = await countToForget(services, scope);
    if (isNothing(there)) return { told: text.nothing };
    const question = {
      guest: () => text.askGuest(name, there),
      party: () => text.askParty(name, there),
      faces: () => text.askFaces(there),
      everything: () => text.askEverything(there),
    };
    return { told: question[scope.what](), keyboard: confirm(scope) };
  }

  /** What people call it; undefined when it is not there (any more). */
  async function nameOf(scope: Scope): Promise<string | undefined> {
    if (scope.what === 'guest') return (await removals.guest(scope.guestId))?.name;
    if (scope.what !== 'party') return '';
    const party = (await parties.past()).find(({ id }) => id === scope.partyId);
    return party && (await timesOf(services)).date(party.startedAt);
  }

  async function show(ctx: BotContext, { told, keyboard }: Told): Promise<void> {
    await acknowledge(ctx);
    await overwrite(ctx, told, keyboard);
  }

  async function carryOut(ctx: BotContext, scope: Scope): Promise<void> {
    if (isOfHouse(scope) && (await parties.latest())) return acknowledge(ctx, text.partyOn);
    const name = await nameOf(scope);
    if (name === undefined) return expire(ctx, text.gone);
    await acknowledge(ctx, text.forgetting);
    const song = scope.what === 'guest' ? await songOf(scope.guestId) : undefined;
    const receipt = await forgetAlone(services, scope);
    if (!receipt) return;
    // Pressed twice: the first press has said what it removed.
    if (isNothing(receipt.removed)) return takeButtons(ctx, ctx.msgId!);
    await overwrite(ctx, (await receiptLines(scope, name, receipt, song)).join('\n'));
  }

  async function songOf(guestId: string): Promise<string | undefined> {
    const { songId } = (await guests.get(guestId)) ?? {};
    const song = songId === undefined ? undefined : await songs.get(songId);
    return song && !song.carol ? songTitle(song) : undefined;
  }

  async function receiptLines(
    scope: Scope,
    name: string,
    { removed, left }: Receipt,
    song?: string,
  ): Promise<string[]> {
    const times = await timesOf(services);
    const { done } = text;
    return [
      scope.what === 'guest' || scope.what === 'party' ? done[scope.what](name) : done[scope.what],
      text.removed(removed),
      isNothing(left) ? text.nothingLeft : text.left(left),
      ...(song === undefined ? [] : [text.songStays(song)]),
      ...(scope.what === 'guest' ? [text.questionsStay(times.date(now() + 2 * day))] : []),
      text.elsewhere(times.date(now() + day)),
    ];
  }

  composer.use(onPress(partiesButton, async (ctx) => show(ctx, await whichParty())));
  composer.use(
    onPress(askGuestButton, async (ctx, scope) => show(ctx, await ask({ what: 'guest', ...scope }))),
  );
  composer.use(
    onPress(askPartyButton, async (ctx, at) =>
      show(ctx, await ask({ what: 'party', partyId: partyIdOf(at) })),
    ),
  );
  composer.use(onPress(askFacesButton, async (ctx) => show(ctx, await ask({ what: 'faces' }))));
  composer.use(onPress(askEverythingButton, async (ctx) => show(ctx, await ask({ what: 'everything' }))));
  composer.use(onPress(keepButton, async (ctx) => show(ctx, { told: text.kept })));

  composer.use(onPress(forgetGuestButton, (ctx, scope) => carryOut(ctx, { what: 'guest', ...scope })));
  composer.use(
    onPress(forgetPartyButton, (ctx, at) => carryOut(ctx, { what: 'party', partyId: partyIdOf(at) })),
  );
  composer.use(onPress(forgetFacesButton, (ctx) => carryOut(ctx, { what: 'faces' })));
  composer.use(onPress(forgetEverythingButton, (ctx) => carryOut(ctx, { what: 'everything' })));

  return composer;
}

/** While a party is on, guests are recognised by what this would take away. */
const isOfHouse = ({ what }: Scope): boolean => what === 'faces' || what === 'everything';
