import type { DoorState } from '../../party/parties/door.ts';
import { count } from '../wording.ts';

const doors: Readonly<Record<DoorState, string>> = {
  seen: 'I’m watching the door and announce everyone here.',
  'too slow':
    'But I can’t keep up with the door: I look less than twice in three seconds, and may miss people. Close other programs on the computer that watches the camera.',
  waiting:
    'I’m waiting for the first picture from the camera; then I announce everyone here. If none comes, I’ll tell you within two minutes.',
  'none yet':
    'But I can’t see the door: no picture has come from the camera. Check that it’s on, and its computer awake.',
  silent: 'But I can’t see the door: the camera sends nothing. Check that it’s on, and its computer awake.',
  unknown: 'I’ll announce everyone here.',
};

/** What the message about the start of a party says, from the first to the last. */
export const startText = {
  starting: 'Starting…',
  underWay: 'I’m starting a party already. /end_party calls it off.',
  calledOff: 'OK, I won’t start it.',
  /** @param until when it is given up */
  waits: (until: string, reason: string | undefined): string =>
    reason === undefined
      ? `Still starting. I’ll keep trying until ${until}, and tell you here. /end_party calls it off.`
      : `Still starting: ${sentence(reason)} I’ll keep trying until ${until}, and tell you here. /end_party calls it off.`,
  failed: (reason: string | undefined): string =>
    reason === undefined
      ? 'I couldn’t start the party. Try again in a minute.'
      : `I couldn’t start the party: ${sentence(reason)}`,
  on: (until: string, door: DoorState): string =>
    `The party’s on until ${until}! ${doors[door]} /end_party ends it.`,
  /** @param why no picture comes, in sentences */
  onUnseen: (until: string, why: string): string =>
    `The party’s on until ${until}! But I can’t see the door. ${sentence(why)} /end_party ends it.`,
  but: (problem: string): string => `But: ${problem}`,
  expected: (guests: number): string =>
    guests > 0
      ? `${count(guests, 'guest')} expected.`
      : 'No guests yet: send me a photo of one, in our private chat.',
} as const;

/** Reasons come with and without their full stop. */
const sentence = (reason: string): string => (/[.!?”)]$/.test(reason) ? reason : `${reason}.`);
