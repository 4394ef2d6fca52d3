import { maxNameLength } from '../names.ts';
import type { Caption } from './caption.ts';
import { enrolmentText as text } from './enrolment.text.ts';
import type { WaitingPhoto } from './waiting-photos.ts';

/** What is asked about a photo with words that are no plain name, and which names they offer. */
export function offeredBy(
  caption: Exclude<Caption, { kind: 'name' }>,
): Pick<WaitingPhoto, 'offered' | 'asks'> {
  switch (caption.kind) {
    case 'several':
      return { offered: [...caption.names, caption.whole], asks: text.whichOf(caption.names) };
    case 'sentence':
      return caption.whole === undefined
        ? { asks: text.whoSentence }
        : { offered: [caption.whole], asks: text.isItTheName(caption.whole) };
    case 'no name': {
      const { reading } = caption;
      return { asks: reading.problem === 'blank' ? text.blank : text.tooLong(reading.length, maxNameLength) };
    }
    default:
      return {};
  }
}
