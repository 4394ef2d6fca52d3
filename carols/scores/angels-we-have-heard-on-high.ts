import type { Part, Score } from '../score.ts';

const verse = [
  // Angels we have heard on high, sweetly singing o'er the plains …
  "a4 a a c' | c'4. b8 a2 | a4 g a c' | a4. g8 f2",
  // And the mountains in reply echoing their joyous strains …
  "a4 a a c' | c'4. b8 a2 | a4 g a c' | a4. g8 f2",
].join(' | ');

const verseHarmony = 'F | F/C C7 F F | F C7 F F | F C7 F F | F | F/C C7 F F | F C7 F F | F C7 F F';

/** Gloria in excelsis Deo, in a long chain of sequences. */
const gloria = "c'2 d'8 c' b a | b2 c'8 b a g | a2 b8 a g f | g4. c8 c2 | f4 g a b";
const gloriaHarmony = 'F Dm | Gm C7 | F Bb | C7 | F C7 F Bb';

const ground: readonly Part[] = [
  { voice: 'strings', plays: 'pad', level: -1 },
  { voice: 'bass', plays: 'bass' },
];

/** Shepherds far off, and then bells over the whole valley. */
export const angelsWeHaveHeardOnHigh: Score = {
  id: 'angels-we-have-heard-on-high',
  title: 'Angels We Have Heard on High',
  performer: 'Musical Joy',
  year: 1855,
  origin:
    'Traditional French, "Les anges dans nos campagnes", of the 18th century, printed in 1855. In the public domain: its maker is unknown, and it is more than a hundred and fifty years old. The arrangement is our own.',
  key: 'F',
  metre: [4, 4],
  tempo: 122,
  ritardando: { bars: 3, stretch: 1.7 },
  sections: [
    {
      name: 'verse',
      dynamic: 'mp',
      melody: verse,
      harmony: verseHarmony,
      band: [
        ...ground,
        { voice: 'flute', plays: 'melody', bars: '1-4' },
        { voice: 'violins', plays: 'melody', bars: '5-8' },
        { voice: 'clarinet', plays: 'second', level: -4, bars: '5-8' },
        { voice: 'harp', plays: 'arpeggio', level: -3, bars: '1-4' },
        { voice: 'triangle', plays: 'bars', level: -3, bars: '1 5' },
      ],
    },
    {
      name: 'gloria, first half',
      dynamic: 'mf',
      melody: `${gloria} | a2 g`,
      harmony: `${gloriaHarmony} | F C7`,
      band: [
        ...ground,
        { voice: 'violins', plays: 'melody' },
        { voice: 'choir', plays: 'pad', level: -3 },
        { voice: 'glockenspiel', plays: 'melody', octave: 1, level: -5, bars: '1-3' },
      ],
    },
    {
      name: 'gloria, second half',
      dynamic: 'f',
      melody: `${gloria} | a2 g | f1`,
      harmony: `${gloriaHarmony} | F/C C7 | F`,
      band: [
        ...ground,
        { voice: 'violins', plays: 'melody' },
        { voice: 'flute', plays: 'melody', octave: 1, level: -3 },
        { voice: 'glockenspiel', plays: 'melody', octave: 1, level: -4 },
        { voice: 'horn', plays: 'second', level: -4, bars: '5-7' },
        { voice: 'choir', plays: 'pad', level: -2 },
        { voice: 'sleigh bells', plays: 'beats', level: -2, bars: '1-6' },
        { voice: 'harp', plays: 'roll', bars: '7' },
      ],
    },
  ],
};
