import { callbackData } from '../callback-data.ts';

/** Under a link to the door screen: another one ends it, or none. */
export const newLinkButton = callbackData('door:new', {});
export const takeLinkBackButton = callbackData('door:back', {});
