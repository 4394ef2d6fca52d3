import { Composer } from 'grammy';
import { minute } from '../../party/clock.ts';
import type { Dispatcher } from '../../party/outbox/dispatcher.ts';
import type { Party } from '../../party/parties/party.ts';
import type { Services } from '../../party/services.ts';
import { acknowledge, expire, overwrite } from '../buttons.ts';
import { onPress } from '../callback-data.ts';
import type { BotContext } from '../context.ts';
import { endNowButton, partyIdOf, partyUntilButton, undoExtension } from '../party/buttons.ts';
import { endNow } from '../party/end-now.ts';
import { timesOf } from '../times.ts';
import { partyText as text } from './party.text.ts';

/** *+1 h*, *End now* and *Undo*, where the end of a party is told. */
export function partyEnd(services: Services, dispatcher: Dispatcher): Composer<BotContext> {
  const { parties, now } = services;
  const composer = new Composer<BotContext>();

  composer.use(
    onPress(partyUntilButton, async (ctx, { until, ...place }) => {
      const party = await theOneOn(place);
      // An end that is over when *Undo* is pressed would end the party at once.
      if (!party || until < now() + minute) return expire(ctx, text.overAlready);
      const extended = await parties.extend(party, until);
      if (!extended) return expire(ctx, text.overAlready);
      await acknowledge(ctx);
      const { clock } = await timesOf(services);
      const undo = party.endsAt === until ? undefined : undoExtension(party.id, party.endsAt);
      await overwrite(ctx, text.goesOn(clock(until)), undo);
    }),
  );

  composer.use(
    onPress(endNowButton, async (ctx, place) => {
      const party = await theOneOn(place);
      if (!party) return expire(ctx, text.overAlready);
      await expire(ctx, text.ending);
      await endNow(services, dispatcher, ctx, party);
    }),
  );

  /** The party that is on, if the button is about it. */
  async function theOneOn(place: { readonly party: number }): Promise<Party | undefined> {
    const on = await parties.on();
    return on?.id === partyIdOf(place) ? on : undefined;
  }

  return composer;
}
