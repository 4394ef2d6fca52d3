import { callbackData, idField, pageField } from '../callback-data.ts';

/** A photo's face is like a guest's: it is that guest. `photoId` is Telegram's `file_unique_id`. */
export const sameGuestButton = callbackData('photo:same', { photoId: idField });
/** It is not: it is the guest of the name that was given, or somebody new of that name. */
export const otherGuestButton = callbackData('photo:other', { photoId: idField });
/** It is neither: who it is, is asked. */
export const someoneElseButton = callbackData('photo:else', { photoId: idField });

/** Whose a waiting photo is: a guest who is known. `messageId` is the photo's message. */
export const pickGuestButton = callbackData('who:guest', { messageId: pageField, guestId: idField });
/** Whose a waiting photo is: one of the names that stood under it, by its place among them, from 0. */
export const pickNameButton = callbackData('who:name', { messageId: pageField, index: pageField });
