import type { Score } from '../score.ts';

/** The bars of the verse that are sung to words, and those that answer with fa la la. */
const call = '1-2 5-6 9-10 13-14';
const answer = '3-4 7-8 11-12 15-16';

const melody = [
  // Deck the halls with boughs of holly, fa la la …
  "c'4. b8 a4 g | f g a f | g8 a b g a4. g8 | f4 e f2",
  // 'Tis the season to be jolly, fa la la …
  "c'4. b8 a4 g | f g a f | g8 a b g a4. g8 | f4 e f2",
  // Don we now our gay apparel, fa la la …
  "g4. a8 b4 g | a4. b8 c'4 g | a8 b= c'4 d'8 e' f'4 | e' d' c'2",
  // Troll the ancient Yuletide carol, fa la la …
  "c'4. b8 a4 g | f g a f | d'8 d' d' d' c'4. b8 | a4 g f2",
].join(' | ');

const harmony = [
  'F F F C7 | F C7 F F | C7 F | F/C C7 F F',
  'F F F C7 | F C7 F Dm | C7 F | F/C C7 F F',
  'C7 | F F F C | F C/E G7/D F | C/G G7 C C7',
  'F F F C7 | F C7 F Dm | Bb F/A | F/C C7 F F',
].join(' | ');

const counter = [
  'f,2 a,4 b, | c2 a, | b, a, | c4 b, a,2',
  'a,2 c | c c4 d | e2 c | c4 b, a,2',
  'e1 | f2. e4 | f e d c | c b=, c b,',
  'a,2 c | c c4 d | b,2 c | c4 b, a,2',
].join(' | ');

/** Played as the dance that it once was: one player calls, the others answer. */
export const deckTheHalls: Score = {
  id: 'deck-the-halls',
  title: 'Deck the Halls',
  performer: 'Musical Joy',
  year: 1794,
  origin:
    'Traditional Welsh, "Nos Galan" (New Year\'s Eve), a dance tune of the 18th century printed in 1794 in Edward Jones\'s "Musical and Poetical Relicks of the Welsh Bards". In the public domain: its maker is unknown, and it is more than two hundred years old. The arrangement is our own.',
  key: 'F',
  metre: [4, 4],
  tempo: 158,
  ritardando: { bars: 4, stretch: 1.8 },
  sections: [
    {
      name: 'introduction',
      dynamic: 'mp',
      melody: "d'8 d' d' d' c'4. b8 | a4 g f2 | d'8 d' d' d' c'4. b8 | a4 g f2",
      harmony: 'Bb F/A | F/C C7 F F | Bb F/A | F/C C7 F F',
      band: [
        { voice: 'harp', plays: 'melody', octave: 1 },
        { voice: 'glockenspiel', plays: 'melody', octave: 1, bars: '3-4', level: -4 },
        { voice: 'guitar', plays: 'offbeats' },
        { voice: 'bass', plays: 'roots', bars: '3-4' },
        { voice: 'sleigh bells', plays: 'beats', bars: '3-4' },
      ],
    },
    {
      name: 'first verse',
      dynamic: 'mp',
      melody,
      harmony,
      band: [
        { voice: 'flute', plays: 'melody', octave: 1, level: 1, bars: call },
        { voice: 'harp', plays: 'melody', octave: 1, level: 1, bars: answer },
        { voice: 'clarinet', plays: 'melody', bars: answer },
        { voice: 'clarinet', plays: 'second', level: -6, bars: '9-10 13-14' },
        { voice: 'guitar', plays: 'offbeats' },
        { voice: 'bass', plays: 'bass' },
        { voice: 'strings', plays: 'pad', level: -1, bars: '9-16' },
        { voice: 'sleigh bells', plays: 'beats' },
        { voice: 'brush', plays: 'backbeat', bars: '5-16' },
      ],
    },
    {
      name: 'second verse',
      dynamic: 'f',
      melody,
      harmony,
      counter,
      band: [
        { voice: 'violins', plays: 'melody' },
        { voice: 'flute', plays: 'melody', octave: 1, level: -3 },
        { voice: 'glockenspiel', plays: 'melody', octave: 1, level: -3, bars: answer },
        { voice: 'clarinet', plays: 'second', level: -5, bars: answer },
        { voice: 'horn', plays: 'counter' },
        { voice: 'strings', plays: 'pad', level: -1 },
        { voice: 'guitar', plays: 'offbeats' },
        { voice: 'bass', plays: 'bass' },
        { voice: 'sleigh bells', plays: 'eighths', level: 2 },
        { voice: 'brush', plays: 'backbeat', level: 2 },
      ],
    },
    {
      name: 'ending',
      dynamic: 'mf',
      melody: "d'8 d' d' d' c'4. b8 | a4 g f2~ | f1",
      harmony: 'Bb F/A | F/C C7 F F | F',
      counter: 'b,2 c | c4 b, a,2~ | a,1',
      band: [
        { voice: 'celesta', plays: 'melody', octave: 1, level: 2 },
        { voice: 'flute', plays: 'melody', level: -1 },
        { voice: 'horn', plays: 'counter' },
        { voice: 'strings', plays: 'pad' },
        { voice: 'bass', plays: 'roots' },
        { voice: 'sleigh bells', plays: 'beats', bars: '1-2' },
        { voice: 'harp', plays: 'roll', bars: '3' },
        { voice: 'triangle', plays: 'bars', bars: '3' },
      ],
    },
  ],
};
