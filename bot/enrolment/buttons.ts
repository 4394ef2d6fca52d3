import { callbackData, idField } from '../callback-data.ts';

/** A photo's face is like a guest's: it is that guest. `photoId` is Telegram's `file_unique_id`. */
export const sameGuestButton = callbackData('photo:same', { photoId: idField });
/** It is not: it is another guest, or somebody new. */
export const otherGuestButton = callbackData('photo:other', { photoId: idField });
