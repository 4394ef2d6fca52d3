import type { Asked } from '../../party/door-screen/watch-arrivals.ts';

/** More than a screen is ever told of in the time in which it may show an arrival. */
const mostKnown = 500;

/**
 * What a screen says it knows: `on=1&known=id,id`. Whatever makes no sense is left out, so that the screen is told anew.
 */
export function readAsked(parameters: Readonly<Record<string, string | undefined>> | undefined): Asked {
  const { on, known = '' } = parameters ?? {};
  return {
    on: on === '1' ? true : on === '0' ? false : undefined,
    known: new Set(known.split(',', mostKnown).filter((id) => /^[\w-]{10}$/.test(id))),
  };
}
