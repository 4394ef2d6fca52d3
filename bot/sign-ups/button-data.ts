import { callbackData, idField, pageField, userField } from '../callback-data.ts';

/**
 * What somebody presses who adds themselves. Before they agree, nothing is kept of them: the link stands in the button.
 */
export const agreeButton = callbackData('join:agree', { linkId: idField });
export const refuseButton = callbackData('join:no', { linkId: idField });
export const profilePhotoButton = callbackData('join:photo', {});
export const profileSongButton = callbackData('join:song', {});
/** A page of the songs that they can choose from. */
export const shelfButton = callbackData('join:shelf', { page: pageField });
export const pickSongButton = callbackData('join:pick', { songId: idField });
export const surpriseButton = callbackData('join:surprise', {});
/** From the songs back to the question. */
export const backButton = callbackData('join:back', {});
export const forgetMeButton = callbackData('join:forget', {});

/** What a host presses: is somebody welcome? */
export const welcomeButton = callbackData('signup:yes', { userId: userField });
export const declineButton = callbackData('signup:no', { userId: userField });
export const hearButton = callbackData('signup:hear', { userId: userField });
/** They are the guest whom they look like, or somebody else. */
export const sameButton = callbackData('signup:same', { userId: userField, guestId: idField });
export const otherButton = callbackData('signup:other', { userId: userField });
/** Whoever was declined may open the link again. */
export const againButton = callbackData('signup:again', { linkId: idField, userId: userField });

/** Under a link for guests: another one ends it, or none. */
export const newGuestLinkButton = callbackData('invite:new', {});
export const endGuestLinkButton = callbackData('invite:end', {});
/** A group's requests to join are its administrators' again. */
export const endGroupButton = callbackData('invite:group', {});
