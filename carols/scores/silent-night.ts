import type { Part, Score } from '../score.ts';

const melody = [
  // Silent night, holy night, all is calm, all is bright.
  "a8. b16 a8 f4. | a8. b16 a8 f4. | e'4 e'8 c'4. | d'4 d'8 a4.",
  // Round yon virgin mother and child, holy infant so tender and mild,
  "b4 b8 d'8. c'16 b8 | a8. b16 a8 f4. | b4 b8 d'8. c'16 b8 | a8. b16 a8 f4.",
  // sleep in heavenly peace, sleep in heavenly peace.
  "e'4 e'8 g'8. e'16 c'8 | d'4. f' | d'8 a f a8. g16 e8 | d2.",
].join(' | ');

const harmony = ['D | D | A7 | D D7', 'G | D | G Em7 | D Bm', 'Em7 A7 | D D/F# | D/A A7 | D'].join(' | ');

const counter = ['f4. d | f a, | g e | d c=', 'b, d | d a, | b, e | f d', 'g e | f d | a, c | d2.'].join(
  ' | ',
);

const ground: readonly Part[] = [
  { voice: 'guitar', plays: 'arpeggio', level: 2.5 },
  { voice: 'bass', plays: 'roots', level: -2 },
];

/** In D and with a guitar, as on the night it was first sung. */
export const silentNight: Score = {
  id: 'silent-night',
  title: 'Silent Night',
  performer: 'Musical Joy',
  year: 1818,
  origin:
    'Franz Xaver Gruber (1787–1863), "Stille Nacht", first sung at Oberndorf on Christmas Eve 1818, in the melody\'s later, usual form. In the public domain: the composer died more than a hundred and fifty years ago. The arrangement is our own.',
  key: 'D',
  metre: [6, 8],
  tempo: 84,
  ritardando: { bars: 4, stretch: 1.7 },
  sections: [
    {
      name: 'introduction',
      dynamic: 'p',
      melody: "r2. | e'8. g'16 e'8 c'4.",
      harmony: 'D | A7',
      band: [
        ...ground,
        { voice: 'celesta', plays: 'roll', octave: 1, bars: '1' },
        { voice: 'celesta', plays: 'melody', bars: '2' },
      ],
    },
    {
      name: 'first verse',
      dynamic: 'mp',
      melody,
      harmony,
      counter,
      band: [
        ...ground,
        { voice: 'flute', plays: 'melody' },
        { voice: 'strings', plays: 'pad', bars: '5-12' },
        { voice: 'clarinet', plays: 'second', level: -6, bars: '5-8' },
        { voice: 'celesta', plays: 'roll', octave: 1, level: -3, bars: '2 4 6 8 12' },
      ],
    },
    {
      name: 'second verse',
      dynamic: 'mf',
      melody,
      harmony,
      counter,
      band: [
        ...ground,
        { voice: 'violins', plays: 'melody' },
        { voice: 'celesta', plays: 'melody', octave: 1, level: -4 },
        { voice: 'flute', plays: 'second', level: -5, bars: '1-10' },
        { voice: 'horn', plays: 'counter', level: -2 },
        { voice: 'choir', plays: 'pad' },
        { voice: 'triangle', plays: 'bars', level: -3, bars: '1 5 9 12' },
      ],
    },
    {
      name: 'ending',
      dynamic: 'p',
      melody: "d'8 a f a8. g16 e8 | d2.",
      harmony: 'D/A A7 | D',
      band: [
        ...ground.map((part) => ({ ...part, bars: '1' })),
        { voice: 'bass', plays: 'roots', bars: '2' },
        { voice: 'celesta', plays: 'melody', octave: 1, level: 2 },
        { voice: 'strings', plays: 'pad' },
        { voice: 'choir', plays: 'pad', level: -3 },
        { voice: 'harp', plays: 'roll', bars: '2' },
      ],
    },
  ],
};
