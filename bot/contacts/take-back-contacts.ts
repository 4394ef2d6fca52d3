import { bringBackPhoto, takeBackPhoto } from '../../party/guests/take-back-photos.ts';
import type { Services } from '../../party/services.ts';
import { acknowledge, overwrite } from '../buttons.ts';
import type { Press } from '../callback-data.ts';
import { askerOf } from '../enrolment/asker.ts';
import type { Shown } from '../shown.ts';
import { showTyping } from '../typing.ts';
import { type ContactBatch, ContactBatches, type ContactResult } from './contact-batches.ts';
import { contactListText as text } from './contact-list.text.ts';
import { contactList, takenBackList } from './contact-list.ts';
import { songless } from './songless.ts';

type Added = Extract<ContactResult, { outcome: 'added' }>;

/** Everybody who was added from one message is removed, with one press. */
export async function takeBackContacts(services: Services, ctx: Press, messageId: number): Promise<void> {
  await acknowledge(ctx);
  const changed = await changeAdded(services, ctx, messageId, async (added) => {
    const taken = added.taken ?? (await takeBackPhoto(services, added));
    return { ...added, ...(taken && { taken }) };
  });
  const isTaken = changed?.results.some((one) => one.outcome === 'added' && one.taken);
  await show(ctx, changed && isTaken ? takenBackList(changed) : { told: text.gone });
}

/** And all of them are back, but for those who cannot be brought back any more. */
export async function bringBackContacts(services: Services, ctx: Press, messageId: number): Promise<void> {
  await acknowledge(ctx);
  const changed = await changeAdded(services, ctx, messageId, async ({ taken, ...added }) => {
    const isBack = !taken || (await bringBackPhoto(services, added, taken));
    return isBack ? added : { ...added, taken };
  });
  const isBack = changed?.results.some((one) => one.outcome === 'added' && !one.taken);
  const told = changed && isBack ? contactList(changed, await songless(services, changed)) : undefined;
  await show(ctx, told ?? { told: text.gone });
}

const show = (ctx: Press, { told, keyboard }: Shown): Promise<void> => overwrite(ctx, told, keyboard);

async function changeAdded(
  { table, now }: Services,
  ctx: Press,
  messageId: number,
  change: (added: Added) => Promise<Added>,
): Promise<ContactBatch | undefined> {
  const batches = new ContactBatches(table, now);
  const batch = await batches.get(askerOf(ctx), messageId);
  if (!batch) return undefined;
  const results: ContactResult[] = [];
  for (const result of batch.results) {
    await showTyping(ctx);
    results.push(result.outcome === 'added' ? await change(result) : result);
  }
  const changed = { ...batch, results };
  await batches.put(askerOf(ctx), changed);
  return changed;
}
