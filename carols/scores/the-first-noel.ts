import type { Part, Score } from '../score.ts';

/** It begins on the third beat; its verse says one line twice, and its refrain ends as the line does. */
const melody = [
  // The first Noel the angel did say was to certain poor shepherds in fields as they lay …
  "r2 f8 e | d4. e8 f g | a2 b8 c' | d'4 c' b | a2 b8 c' | d'4 c' b | a b c' | d' a g | f2 f8 e",
  // In fields where they lay keeping their sheep on a cold winter's night that was so deep …
  "d4. e8 f g | a2 b8 c' | d'4 c' b | a2 b8 c' | d'4 c' b | a b c' | d' a g | f2 f8 e",
  // Noel, Noel …
  "d4. e8 f g | a2 d'8 c' | b2 b4 | a2. | d'4 c' b | a b c' | d' a g | f2.",
].join(' | ');

const line = 'D | D | G | D | G D/F# G | D G A7 | D D A7 | D';
const harmony = ['D', line, line, 'D | D | G | D | G D/F# G | D G A7 | D D A7 | D'].join(' | ');

const ground: readonly Part[] = [
  { voice: 'harp', plays: 'arpeggio', level: -2 },
  { voice: 'bass', plays: 'roots' },
];

/** A lullaby of a carol, over a harp. */
export const theFirstNoel: Score = {
  id: 'the-first-noel',
  title: 'The First Noel',
  performer: 'Musical Joy',
  year: 1833,
  origin:
    'Traditional Cornish, printed in 1833 in William Sandys\'s "Christmas Carols, Ancient and Modern". In the public domain: its maker is unknown, and it is more than a hundred and fifty years old. The arrangement is our own.',
  key: 'D',
  metre: [3, 4],
  tempo: 108,
  ritardando: { bars: 3, stretch: 1.8 },
  sections: [
    {
      name: 'verse and refrain',
      dynamic: 'mp',
      melody,
      harmony,
      band: [
        ...ground,
        { voice: 'flute', plays: 'melody', bars: '1-9' },
        { voice: 'violins', plays: 'melody', bars: '9-25' },
        { voice: 'clarinet', plays: 'second', level: -5, bars: '18-25' },
        { voice: 'strings', plays: 'pad', level: -1, bars: '10-25' },
        { voice: 'choir', plays: 'pad', level: -3, bars: '18-25' },
        { voice: 'glockenspiel', plays: 'melody', octave: 1, level: -5, bars: '18-21' },
        { voice: 'triangle', plays: 'bars', level: -3, bars: '2 10 18 25' },
      ],
    },
  ],
};
