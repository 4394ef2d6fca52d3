import type { Part, Score } from '../score.ts';

const melody = [
  // Good King Wenceslas looked out on the feast of Stephen …
  'g4 g g a | g g d2 | e4 d e f | g2 g',
  // When the snow lay round about, deep and crisp and even …
  'g4 g g a | g g d2 | e4 d e f | g2 g',
  // Brightly shone the moon that night, though the frost was cruel …
  "d'4 c' b a | b a g2 | e4 d e f | g2 g",
  // When a poor man came in sight, gathering winter fuel.
  "d4 d e f | g g a2 | d'4 c' b a | g2 c' | g1",
].join(' | ');

const harmony = [
  'G | G | C D7 | G',
  'G | Em G/B | C D7 | G',
  'G C G D | G D7 Em Em | C D7 | G',
  'G G C D7 | Em D | G C G D | Em C | G',
].join(' | ');

const counter = [
  'b,2 d | b, g, | g, a, | b,1',
  'd2 b, | b, d | c a, | b,1',
  'b,2 d | d b, | c a, | b,1',
  'b,2 c4 a, | b,2 a, | b, d | b, c | b,1',
].join(' | ');

/** The page's steps through the snow. */
const steps: readonly Part[] = [
  { voice: 'guitar', plays: 'offbeats' },
  { voice: 'bass', plays: 'bass' },
];

/** A spring song of the Middle Ages that became a walk through the snow. */
export const goodKingWenceslas: Score = {
  id: 'good-king-wenceslas',
  title: 'Good King Wenceslas',
  performer: 'Musical Joy',
  year: 1582,
  origin:
    '"Tempus adest floridum", a spring carol of the 13th century, printed in "Piae Cantiones", 1582; with these words since 1853 (John Mason Neale, 1818–1866). In the public domain: it is more than four hundred years old. The arrangement is our own.',
  key: 'G',
  metre: [4, 4],
  tempo: 118,
  ritardando: { bars: 2, stretch: 1.7 },
  sections: [
    {
      name: 'first verse',
      dynamic: 'mp',
      melody,
      harmony,
      counter,
      band: [
        ...steps,
        { voice: 'clarinet', plays: 'melody', level: 1, bars: '1-8' },
        { voice: 'flute', plays: 'melody', octave: 1, bars: '9-17' },
        { voice: 'horn', plays: 'counter', level: -2, bars: '5-17' },
        { voice: 'strings', plays: 'pad', level: -1, bars: '9-17' },
        { voice: 'sleigh bells', plays: 'beats', level: -2 },
      ],
    },
    {
      name: 'ending',
      dynamic: 'mf',
      melody: "d'4 c' b a | g2 c' | g1",
      harmony: 'G C G D | Em C | G',
      counter: 'b,2 d | b, c | b,1',
      band: [
        { voice: 'celesta', plays: 'melody', octave: 1, level: 1 },
        { voice: 'violins', plays: 'melody', level: -1 },
        { voice: 'horn', plays: 'counter' },
        { voice: 'strings', plays: 'pad' },
        { voice: 'bass', plays: 'roots' },
        { voice: 'harp', plays: 'roll', bars: '3' },
        { voice: 'triangle', plays: 'bars', bars: '3' },
      ],
    },
  ],
};
