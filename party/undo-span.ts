import { day } from './clock.ts';

/** For so long a removal can be undone, milliseconds; then what was removed is forgotten for good. */
export const undoSpan = day;
