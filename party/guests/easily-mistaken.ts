import type { Guest } from './guests.ts';

/** Whether a guest is named on more evidence than others: a child, or one who looks like another guest. */
export const isEasilyMistaken = ({
  isChild,
  looksLike = [],
}: Pick<Guest, 'isChild' | 'looksLike'>): boolean => isChild === true || looksLike.length > 0;
