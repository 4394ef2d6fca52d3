import type { Message } from 'grammy/types';
import { second } from '../../party/clock.ts';
import type { Services } from '../../party/services.ts';
import type { BotContext } from '../context.ts';
import { askerOf } from '../enrolment/asker.ts';
import { showStatus } from '../show-status.ts';
import type { Shown } from '../shown.ts';
import { download } from '../telegram-file.ts';
import { showTyping } from '../typing.ts';
import { noKeyboard } from './buttons.ts';
import { type ContactBatch, ContactBatches } from './contact-batches.ts';
import { contactListText as text } from './contact-list.text.ts';
import { contactList } from './contact-list.ts';
import { enrolContact } from './enrol-contact.ts';
import { type SharedContact, sharedContact } from './shared-contact.ts';
import { songless } from './songless.ts';

/** So often, at most, the message that tells of progress changes. */
const progressEvery = second;

/**
 * Makes guests of the contacts that a host picked, one after the other: the second of two contacts with one face must
 * meet the first. One message tells how far it is, and then what came of each. The same update once more goes on where
 * it was cut short.
 */
export async function receiveContacts(
  services: Services,
  ctx: BotContext & { readonly message: Message.UsersSharedMessage },
): Promise<void> {
  const { table, now } = services;
  const batches = new ContactBatches(table, now);
  const asker = askerOf(ctx);
  const { message_id: messageId, users_shared: shared } = ctx.message;
  const contacts = shared.users.map(sharedContact);
  const before = await batches.get(asker, messageId);
  // All that came of them is written down with the message that tells it.
  if (before?.results.length === contacts.length) return;
  // A message that takes a keyboard away cannot be edited (Bot API, "Updating messages"): the rest is told in another
  // one.
  if (!before) await ctx.reply(text.begun(contacts.length), noKeyboard);
  let batch: ContactBatch = before ?? { messageId, startedAt: now(), results: [] };
  const cutShort = batch.begun;
  const files = downloads(ctx, contacts, batch.results.length);

  const tell = async (shown: Shown): Promise<void> => {
    batch = { ...batch, statusId: await showStatus(ctx, batch.statusId, shown) };
    await batches.put(asker, batch);
  };
  let shownAt = now();
  for (let index = batch.results.length; index < contacts.length; index++) {
    batch = { ...batch, begun: index };
    await batches.put(asker, batch);
    if (index > 0 && now() - shownAt >= progressEvery) {
      await tell({ told: text.progress(index, contacts.length) });
      shownAt = now();
    }
    await showTyping(ctx);
    const attempt = { startedAt: batch.startedAt, again: cutShort === index };
    const result = await enrolContact(services, ctx, contacts[index]!, files[index], attempt);
    batch = { ...batch, results: [...batch.results, result] };
  }
  await tell(contactList(batch, await songless(services, batch)));
}

/** The photos of those who are still to be looked at, side by side: what is waited for is Telegram alone. */
function downloads(
  { api }: BotContext,
  contacts: readonly SharedContact[],
  first: number,
): Array<Promise<Uint8Array> | undefined> {
  const files = contacts.map(({ file }, index) => (file && index >= first ? download(api, file) : undefined));
  // Each is waited for in its turn, and fails then.
  for (const file of files) file?.catch(() => {});
  return files;
}
