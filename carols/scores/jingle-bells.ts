import type { Part, Score } from '../score.ts';

const rhythm: readonly Part[] = [
  { voice: 'bass', plays: 'bass' },
  { voice: 'guitar', plays: 'offbeats' },
];

const chorusBand: readonly Part[] = [
  ...rhythm,
  { voice: 'violins', plays: 'melody' },
  { voice: 'glockenspiel', plays: 'melody', octave: 1, level: -1 },
  { voice: 'horn', plays: 'counter' },
  { voice: 'strings', plays: 'pad', level: -1 },
  { voice: 'sleigh bells', plays: 'eighths' },
  { voice: 'brush', plays: 'backbeat' },
];

/** Verse and chorus in the form in which they are sung today; the counter-melody is ours. */
export const jingleBells: Score = {
  id: 'jingle-bells',
  title: 'Jingle Bells',
  performer: 'Musical Joy',
  year: 1857,
  origin:
    'James Lord Pierpont (1822–1893), published in Boston in 1857 as "One Horse Open Sleigh". In the public domain: the composer died more than a hundred years ago. The arrangement is our own.',
  key: 'G',
  metre: [4, 4],
  tempo: 192,
  ritardando: { bars: 4, stretch: 1.9 },
  sections: [
    {
      name: 'introduction',
      dynamic: 'mp',
      melody: "c'4 c' c' c' | c' b b b8 b | d'4 d' c' a | g2. r4",
      harmony: 'C | G | D7 | G D7',
      band: [
        { voice: 'celesta', plays: 'melody', octave: 1 },
        { voice: 'sleigh bells', plays: 'eighths' },
        { voice: 'guitar', plays: 'offbeats', bars: '3-4' },
        { voice: 'bass', plays: 'bass', bars: '3-4' },
      ],
    },
    {
      name: 'verse, first half',
      dynamic: 'mp',
      // Dashing through the snow, in a one-horse open sleigh, o'er the fields we go, laughing all the way.
      melody: "d4 b a g | d2. d8 d | d4 b a g | e1 | e4 c' b a | f1 | d'4 d' c' a | b1",
      harmony: 'G | G | G | C | Am | D7 | D7 | G',
      band: [
        ...rhythm,
        { voice: 'clarinet', plays: 'melody' },
        { voice: 'sleigh bells', plays: 'beats' },
        { voice: 'celesta', plays: 'roll', octave: 1, level: -3, bars: '4 8' },
      ],
    },
    {
      name: 'verse, second half',
      dynamic: 'mf',
      // Bells on bobtails ring, making spirits bright. What fun it is to ride and sing a sleighing song tonight!
      melody: "d4 b a g | d1 | d4 b a g | e2. e4 | e c' b a | d' d' d' d' | e' d' c' a | g2 d'",
      harmony: 'G | G | G G7 | C | Am | D7 | C D7 | G D7',
      band: [
        ...rhythm,
        { voice: 'clarinet', plays: 'melody' },
        { voice: 'flute', plays: 'melody', octave: 1, level: -4 },
        { voice: 'strings', plays: 'pad' },
        { voice: 'sleigh bells', plays: 'beats' },
        { voice: 'brush', plays: 'backbeat' },
      ],
    },
    {
      name: 'chorus, first half',
      dynamic: 'mf',
      // Jingle bells, jingle bells, jingle all the way. Oh what fun it is to ride in a one-horse open sleigh!
      melody: "b4 b b2 | b4 b b2 | b4 d' g4. a8 | b1 | c'4 c' c'4. c'8 | c'4 b b b8 b | b4 a a b | a2 d'",
      harmony: 'G | G | G | G7 | C | G | A7 | D7',
      counter: 'd2 e | d b, | b, d | f=1 | e | d | c# | c=2 a,',
      band: chorusBand,
    },
    {
      name: 'chorus, second half',
      dynamic: 'f',
      melody: "b4 b b2 | b4 b b2 | b4 d' g4. a8 | b1 | c'4 c' c'4. c'8 | c'4 b b b8 b | d'4 d' c' a | g1",
      harmony: 'G | G | G | G7 | C | G | D7 | G',
      counter: 'b,2 d | e d | b, d | f=1 | e | d | c2 a, | b,1',
      band: [...chorusBand, { voice: 'flute', plays: 'melody', octave: 1, level: -4 }],
    },
    {
      name: 'ending',
      dynamic: 'mp',
      melody: "c'4 c' c' c' | c' b b b8 b | d'4 d' c' a | g1",
      harmony: 'C | G | D7 | G',
      counter: 'e1 | d | c2 a, | b,1',
      band: [
        { voice: 'celesta', plays: 'melody', octave: 1, level: 2 },
        { voice: 'flute', plays: 'melody', bars: '3-4', level: -3 },
        { voice: 'horn', plays: 'counter' },
        { voice: 'strings', plays: 'pad' },
        { voice: 'bass', plays: 'roots' },
        { voice: 'guitar', plays: 'offbeats', bars: '1-3' },
        { voice: 'sleigh bells', plays: 'beats', bars: '1-3' },
        { voice: 'sleigh bells', plays: 'bars', bars: '4' },
        { voice: 'harp', plays: 'roll', bars: '4' },
      ],
    },
  ],
};
