import type { Part, Score } from '../score.ts';

/** It begins on the fourth beat. */
const verse = [
  // O come, all ye faithful, joyful and triumphant, O come ye, O come ye to Bethlehem …
  "r2. g4 | g2 d4 g | a2 d | b4 a b c' | b2 a4 g | g2 f4 e | f g a b | f2 e4. d8 | d1",
  // Come and behold him, born the King of angels …
  "d'2 c'4 b | c'2 b | a4 b g a | f4. e8 d4 g",
].join(' | ');

const verseHarmony = [
  'G | G | D | G D G C | G D | Em A7 | D G D G | D A7 | D',
  'G D/F# | Am Em | D G G D | D7',
].join(' | ');

/** O come, let us adore him, three times, each higher. */
const refrain = "g4 f g a | g2 d4 b | b a b c' | b2 a4 b | c' b a g | f2 g4 c' | b2 a4. g8 | g1";
const refrainHarmony = 'G D G D | G | G D G C | G D G G | C G D G | D G C C | G/D D7 | G';

const ground: readonly Part[] = [
  { voice: 'strings', plays: 'pad' },
  { voice: 'bass', plays: 'bass' },
];

/** A procession that grows at every call. */
export const oComeAllYeFaithful: Score = {
  id: 'o-come-all-ye-faithful',
  title: 'O Come, All Ye Faithful',
  performer: 'Musical Joy',
  year: 1751,
  origin:
    'John Francis Wade (about 1711–1786), "Adeste fideles", printed in 1751. In the public domain: it is more than two hundred years old. The arrangement is our own.',
  key: 'G',
  metre: [4, 4],
  tempo: 120,
  ritardando: { bars: 2, stretch: 1.8 },
  sections: [
    {
      name: 'verse',
      dynamic: 'mp',
      melody: verse,
      harmony: verseHarmony,
      band: [
        ...ground,
        { voice: 'horn', plays: 'melody', level: 1, bars: '1-9' },
        { voice: 'clarinet', plays: 'melody', level: -2, bars: '1-9' },
        { voice: 'violins', plays: 'melody', bars: '10-13' },
        { voice: 'triangle', plays: 'bars', level: -3, bars: '2 10' },
      ],
    },
    {
      name: 'refrain',
      dynamic: 'mf',
      melody: refrain,
      harmony: refrainHarmony,
      band: [
        ...ground,
        { voice: 'violins', plays: 'melody' },
        { voice: 'flute', plays: 'melody', octave: 1, level: -4, bars: '3-8' },
        { voice: 'clarinet', plays: 'second', level: -5, bars: '3-8' },
        { voice: 'choir', plays: 'pad', level: -3 },
        { voice: 'glockenspiel', plays: 'melody', octave: 1, level: -5, bars: '5-8' },
        { voice: 'harp', plays: 'roll', bars: '8' },
      ],
    },
  ],
};
