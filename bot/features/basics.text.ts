import { count } from '../wording.ts';

/** What people read when they begin, ask for help, or change their mind. */
export const basicsText = {
  overview: (guests: number, songs: number): string =>
    [
      'When a guest arrives at your door, I say here who it is and play that guest’s song.',
      '',
      '1. Send me a photo of a guest, with the name as its caption.',
      '2. Send me a song as a music file (MP3 or M4A), and pick whose it is.',
      '3. Say /start_party, here or in a group that I am in.',
      '',
      guests === 0
        ? 'No guest is known yet.'
        : `Known so far: ${count(guests, 'guest')}, ${count(songs, 'song')}.`,
      '/help tells more.',
    ].join('\n'),

  help: [
    'A photo with a name as its caption makes a guest; more photos with the same name make the guest easier to recognise. An album is one guest’s, with the name on any of its photos. One face a photo, from the front, in good light.',
    '',
    'A music file (MP3 or M4A, up to 20 MB) makes a song; with a guest’s name as its caption it is that guest’s at once. A guest without a song gets a carol.',
    '',
    'I take photos and songs in this private chat only. The commands work in groups too:',
    '',
    '/start_party – starts the party for 4 hours; or say /start_party 90m, or /start_party until 01:00',
    '/end_party – ends it, and tells who came',
    '/status – what is going on',
    '/guests – who is invited, with photos and songs',
    '/songs – all songs, and whose they are',
    '/cancel – stops what I asked you for',
  ].join('\n'),

  cancelled: 'Never mind, then.',
  nothingToCancel: 'There is nothing to cancel.',
} as const;
