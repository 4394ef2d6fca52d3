import type { Part, Score } from '../score.ts';

const melody = [
  // Joy to the world! the Lord is come; let earth receive her King …
  "d'2 c'4. b8 | a2. g4 | f2 e | d2. a4 | b2. b4 | c'2. c'4 | d'2. d'4",
  // Let every heart prepare him room …
  "d'4 c' b a | a4. g8 f4 d' | d' c' b a | a4. g8 f4 f",
  // And heaven and nature sing …
  "f4 f f f8 g | a2. g8 f | e4 e e e8 f | g2. f8 e | d4 d'2 b4 | a4. g8 f4 g | f2 e | d1",
].join(' | ');

const harmony = [
  'D | D | D/A A7 | D | G | A7 | D',
  'D | D | D | D',
  'D | D | A7 | A7 | D | D | D/A A7 | D',
].join(' | ');

const counter = [
  'f,2 a, | f, a, | a, c | d a, | g,1 | a,2 c | d1',
  'f,2 a, | d f | d a, | f, a,',
  'd1 | f2 d | e c | e c | d f | d a, | a, c | d1',
].join(' | ');

/** Strings that hold the chords, on a walking bass. */
const ground: readonly Part[] = [
  { voice: 'strings', plays: 'pad' },
  { voice: 'bass', plays: 'bass' },
];

/** A hymn for a whole town: first by the trumpet of a flute and a horn, then by everyone. */
export const joyToTheWorld: Score = {
  id: 'joy-to-the-world',
  title: 'Joy to the World',
  performer: 'Musical Joy',
  year: 1839,
  origin:
    'Lowell Mason (1792–1872), "Antioch", 1839. In the public domain: the composer died more than a hundred years ago. The arrangement is our own.',
  key: 'D',
  metre: [4, 4],
  tempo: 126,
  ritardando: { bars: 2, stretch: 1.8 },
  sections: [
    {
      name: 'first verse',
      dynamic: 'mp',
      melody,
      harmony,
      counter,
      band: [
        ...ground,
        { voice: 'flute', plays: 'melody', bars: '1-11' },
        { voice: 'violins', plays: 'melody', bars: '8-19' },
        { voice: 'horn', plays: 'counter', level: -2 },
        { voice: 'clarinet', plays: 'second', level: -5, bars: '8-11' },
        { voice: 'triangle', plays: 'bars', level: -3, bars: '1 8 12 19' },
      ],
    },
    {
      name: 'ending',
      dynamic: 'f',
      melody: "d'4 d'2 b4 | a4. g8 f4 g | f2 e | d1",
      harmony: 'D | D | D/A A7 | D',
      counter: 'd2 f | d a, | a, c | d1',
      band: [
        ...ground,
        { voice: 'violins', plays: 'melody' },
        { voice: 'flute', plays: 'melody', octave: 1, level: -3 },
        { voice: 'glockenspiel', plays: 'melody', octave: 1, level: -4 },
        { voice: 'horn', plays: 'counter' },
        { voice: 'sleigh bells', plays: 'beats', bars: '1-3' },
        { voice: 'harp', plays: 'roll', bars: '4' },
      ],
    },
  ],
};
