import { Removals } from '../../party/guests/removals.ts';
import type { Services } from '../../party/services.ts';
import { acknowledge, expire, overwrite } from '../buttons.ts';
import type { BotContext } from '../context.ts';
import { restoreGuestButton, undo } from './buttons.ts';
import { guestsText as text } from './guests.text.ts';

/**
 * Says of a press on something of a guest's that is not there (any more). Where the guest is removed, the message shows
 * that from now on, and how to undo it: somebody else may have removed them in this very message.
 */
export async function showGone(
  { table }: Pick<Services, 'table'>,
  ctx: BotContext,
  guestId: string,
): Promise<void> {
  const guest = await new Removals(table).guest(guestId);
  if (!guest) return expire(ctx, text.gone);
  await acknowledge(ctx, text.gone);
  if (guest.removedAt !== undefined)
    await overwrite(ctx, text.removed(guest.name), undo(restoreGuestButton.write({ guestId })));
}
