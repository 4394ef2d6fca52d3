import type { Counted } from '../../party/forget/forget.ts';
import type { Scope } from '../../party/forget/scopes.ts';
import { shownName as n } from '../names.ts';
import { andList, count } from '../wording.ts';

const yes: Readonly<Record<Scope['what'], string>> = {
  guest: 'Forget for good',
  party: 'Forget that party',
  faces: 'Forget all faces',
  everything: 'Forget everything',
};

/** `2 faces, 3 photos, and 1 picture of the door`; what there is none of is left out. */
function listOf({ faces, photos, snapshots, songs, items }: Counted): string {
  const parts = [
    [faces, 'face'],
    [photos, 'photo'],
    [snapshots, 'picture of the door', 'pictures of the door'],
    [songs, 'song'],
    [items, 'record'],
  ] as const;
  const there = parts
    .filter(([number]) => number > 0)
    .map(([number, one, several]) =>
      several === undefined ? count(number, one) : `${number} ${number === 1 ? one : several}`,
    );
  return there.length === 0 ? 'nothing' : andList.format(there);
}

/** What people read when something is to be forgotten. */
export const forgetText = {
  what: 'Who or what should I forget? For a guest, send /forget and the name.',
  aParty: 'A party…',
  allFaces: 'Forget all faces',
  everything: 'Everything',
  keep: 'Keep',
  yes: (what: Scope['what']): string => yes[what],

  nobody: (name: string): string => `I don’t know anybody called ${n(name)}. /guests lists everyone.`,
  which: (name: string): string => `There’s more than one ${n(name)}. Which one?`,
  whichParty: 'Which party?',
  noParties: 'I don’t remember any party.',
  partyOn: 'A party’s on. End it first, with /end_party.',

  askGuest: (name: string, there: Counted): string =>
    `Forget ${n(name)} for good? That removes ${listOf(there)}, and can’t be undone.`,
  askParty: (when: string, there: Counted): string =>
    `Forget the party of ${when}? That removes who came, and its pictures: ${listOf(there)}. It can’t be undone.`,
  askFaces: (there: Counted): string =>
    `Forget all faces? I won’t recognise anybody until you send photos again; names and songs stay. That removes ${listOf(there)}, and can’t be undone.`,
  askEverything: (there: Counted): string =>
    `Forget everything? Guests, faces, songs and parties: that removes ${listOf(there)}. Only the hosts, the carols and the settings stay. It can’t be undone.`,
  kept: 'OK, I’ll keep it.',
  forgetting: 'Forgetting…',
  gone: 'That’s forgotten already.',
  nothing: 'There’s nothing to forget.',

  done: {
    guest: (name: string): string => `I’ve forgotten ${n(name)}.`,
    party: (when: string): string => `I’ve forgotten the party of ${when}.`,
    faces: 'I’ve forgotten all faces.',
    everything: 'I’ve forgotten everything.',
  },
  removed: (removed: Counted): string => `Removed: ${listOf(removed)}.`,
  nothingLeft: 'I looked again: nothing of it is left.',
  left: (left: Counted): string =>
    `I looked again, and this is still there: ${listOf(left)}. Please send /forget once more.`,
  songStays: (title: string): string => `The song “${title}” is still in /songs.`,
  questionsStay: (until: string): string => `Open questions in our chat go by themselves, by ${until}.`,
  /** Of what is nobody's to delete from here. */
  elsewhere: (day: string): string =>
    'Still there: what was said in Telegram, until you delete it there; and what the camera saw in the last day, ' +
    `as numbers without names, until ${day}.`,

  morningAfter: 'That was a nice party! Shall I forget all faces now, or keep them for the next one?',
} as const;
