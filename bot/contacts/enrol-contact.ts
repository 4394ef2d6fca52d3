import { InputFile } from 'grammy';
import { contentId } from '../../party/guests/content-id.ts';
import { enrolPhoto } from '../../party/guests/enrol-photo.ts';
import type { Enrolment } from '../../party/guests/enrolment.ts';
import { dropUnnamed } from '../../party/guests/group-faces.ts';
import { loggable } from '../../party/loggable.ts';
import type { Services } from '../../party/services.ts';
import type { BotContext } from '../context.ts';
import { askWhichGuest } from '../enrolment/ask-which-guest.ts';
import type { ContactResult } from './contact-batches.ts';
import { contactListText as text } from './contact-list.text.ts';
import type { SharedContact } from './shared-contact.ts';

/**
 * Makes a guest of a contact by the road of a photo with a caption. Safe to repeat. Where name and face do not agree the
 * photo is sent to the chat and asked about there, as one that the host had sent.
 *
 * @param bytes settles with the profile photo's file
 * @param again the same contact was begun before, and cut short: what is known already was added then
 */
export async function enrolContact(
  services: Services,
  ctx: BotContext,
  { name, file }: SharedContact,
  bytes: Promise<Uint8Array> | undefined,
  { startedAt, again }: { readonly startedAt: number; readonly again: boolean },
): Promise<ContactResult> {
  if (name === undefined) return { outcome: 'refused', why: text.noName };
  if (!file || !bytes) return { outcome: 'refused', name, why: text.noPhoto };
  try {
    const photo = await bytes;
    const photoId = contentId(photo);
    const enrolment = await enrolPhoto(
      services,
      { photoId, formerId: file.uniqueId, bytes: photo },
      { name },
    );
    if (enrolment.outcome === 'asked') {
      const { message_id: messageId } = await ctx.replyWithPhoto(new InputFile(photo, 'photo.jpg'), {
        caption: name,
      });
      await askWhichGuest(services, ctx, { file, messageId }, name, enrolment);
    }
    // Nobody is asked who they all are: the host knows the contact's name, not the friends'.
    if (enrolment.outcome === 'group') {
      const { key, faces } = enrolment;
      await dropUnnamed(
        services,
        faces.map(({ faceId }) => ({ faceId, key })),
      );
    }
    return resultOf(enrolment, { name, startedAt, again });
  } catch (error) {
    services.log.warn('A contact could not be added', loggable(error));
    return { outcome: 'refused', name, why: text.failed };
  }
}

function resultOf(
  enrolment: Enrolment,
  { name, startedAt, again }: { readonly name: string; readonly startedAt: number; readonly again: boolean },
): ContactResult {
  switch (enrolment.outcome) {
    case 'enrolled': {
      const { guest, photoId, photos, advice } = enrolment;
      const isNew = photos === 1 && guest.addedAt >= startedAt;
      return { outcome: 'added', guestId: guest.id, photoId, name: guest.name, isNew, advice };
    }
    case 'known': {
      const { guest, photoId, sameName } = enrolment;
      if (!sameName) return { outcome: 'refused', name, why: text.knownAs(guest.name) };
      if (again && guest.addedAt >= startedAt)
        return { outcome: 'added', guestId: guest.id, photoId, name: guest.name, isNew: true, advice: [] };
      return { outcome: 'known', name: guest.name };
    }
    case 'refused':
      return { outcome: 'refused', name, why: text.refused(enrolment.refusal) };
    case 'group':
      return { outcome: 'refused', name, why: text.severalPeople(enrolment.seen) };
    case 'asked':
    case 'unnamed':
      return { outcome: 'asked', name };
  }
}
