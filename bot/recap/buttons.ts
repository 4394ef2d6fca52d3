import { callbackData, momentField, pageField } from '../callback-data.ts';

/** The recap's picture goes to the party's group. `party` is when it started. */
export const shareButton = callbackData('recap:share', { party: momentField });
/** Which of the parties? */
export const showRecapButton = callbackData('recap:show', { party: momentField });
/** Another page of the parties. */
export const recapPageButton = callbackData('recap:page', { page: pageField });
