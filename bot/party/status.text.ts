import { shownName as n } from '../names.ts';
import { namesInList } from '../wording.ts';

/** So many names stand in the line of those still to come; the buttons have all. */
const mostNamed = 20;

/** What `/status` says besides what is said elsewhere. */
export const statusText = {
  door: {
    seen: 'I’m watching the door.',
    'too slow':
      'I’m watching the door, but can’t keep up: I look less than twice in three seconds, and may miss people. Close other programs on the computer that watches the camera.',
    waiting: 'I’m waiting for the first picture from the camera.',
    'none yet': 'I can’t see the door: no picture has come from the camera yet. Check that it’s on.',
    unknown: 'I’m ready to watch the door.',
  },
  /** What is wrong says more than that no picture comes. */
  notSeen: (problem: string): string => `I can’t see the door. ${problem}`,
  but: (problem: string): string => `But: ${problem}`,
  here: (clock: string, name: string, song: string | undefined): string =>
    song === undefined ? `${clock} ${n(name)}` : `${clock} ${n(name)} ♪ ${song}`,
  toCome: (names: readonly string[]): string => `Still to come: ${namesInList(names, mostNamed)}.`,
  isHere: (name: string): string => `${n(name)} is here`,
  hereAlready: 'I’ve announced them already.',
} as const;
