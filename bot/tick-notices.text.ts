import type { InterruptionCause } from '../party/parties/interruptions.ts';
import type { ProducerAlert } from '../party/recognition/pulse.ts';
import { shownName as n } from './names.ts';

/** What the tick tells unasked: the match, which must start fast, loads none of it. */

export const cameraIsSilent = (since: string, cause?: InterruptionCause): string => {
  if (cause === 'video ended')
    return `I can’t see the door: the video ended at ${since}. Play it again on the page, or choose another camera. I’ll tell you when I’m back.`;
  if (cause === 'camera off')
    return `I can’t see the door: the camera was switched off on the page at ${since}. Choose it again there. I’ll tell you when I’m back.`;
  return (
    `I can’t see the door (since ${since}). Check that the camera is on, and its computer awake. ` +
    'I’ll tell you when it’s back.'
  );
};

/** What keeps up no more: the computer beside the camera, wherever the rest runs. */
export const looksTooSeldom = (since: string): string =>
  `I can’t keep up with the door (since ${since}): I look less than twice in three seconds, and may miss people. ` +
  'Close other programs on the computer that watches the camera. I’ll tell you when it’s better.';

export const looksAgain = (since: string, until: string): string =>
  `I keep up with the door again. From ${since} to ${until} I looked too seldom: ` +
  'if someone came in then, ask them to step in front of the camera once more.';

/** Of a guest's face; nobody is announced by it. */
export const hasNotMoved = (name: string): string =>
  `A face at the door that’s like ${n(name)} hasn’t moved since the party began, so I take it for a picture. ` +
  `If it’s really ${n(name)}, they arrive as soon as they move. /camera shows where it is.`;

export const producerAlerts: Readonly<Record<ProducerAlert, string>> = {
  'another producer':
    'Two producers watch the door, so each face is searched and paid twice. End one of them. If you know of only one, ' +
    'somebody has your producer.env: npm run deploy -- --producer-key makes a new key, and the old one stops working.',
  'searched enough':
    'I’ve searched as many faces as I may in one party, so I recognise nobody any more. If so many really came, set ' +
    'SEARCHES_PER_PARTY in producer.env higher and start the producer again.',
};
