import { callbackData, idField, pageField } from '../callback-data.ts';

/** `photoId` is the photo's id by its content, and `number` the one that stands at the face, from 1. */
const face = { photoId: idField, number: pageField } as const;

/** Who is to be named next. */
export const chooseFaceButton = callbackData('group:face', face);
/** It is a guest who is known. */
export const groupGuestButton = callbackData('group:guest', { ...face, guestId: idField });
/** It is one of the names that stood under the photo, by its place among them, from 0. */
export const groupNameButton = callbackData('group:name', { ...face, index: pageField });
/** The face is like a guest's: it is that guest; or the guest of the name that was given; or neither. */
export const sameFaceButton = callbackData('group:same', face);
export const otherFaceButton = callbackData('group:other', face);
export const elseFaceButton = callbackData('group:else', face);
export const skipFaceButton = callbackData('group:skip', face);
/** An album of photos of one person each: they are all the one of the name that stood on them. */
export const allOneButton = callbackData('group:one', { photoId: idField });
/** Whoever has no name yet needs none. */
export const groupDoneButton = callbackData('group:done', { photoId: idField });
