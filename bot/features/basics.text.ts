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
        ? 'No guests yet. Send me the first photo!'
        : `So far: ${count(guests, 'guest')}, ${count(songs, 'song')}.`,
      '/help shows more.',
    ].join('\n'),

  help: [
    'Try this:',
    '• Send me a photo with “Anna” as its caption. Anna is a guest now.',
    '• Send me a song (MP3 or M4A) with “Anna” as its caption. It plays when Anna arrives.',
    '• Say /start_party until 01:00, here or in a group. I announce everyone who comes.',
    '',
    '/start_party – start, for 4 hours if you don’t say',
    '/end_party – end, and see who came',
    '/status – what’s going on',
    '/guests – names, songs, who lives here',
    '/songs – hear, rename, give, remove',
    '/cancel – never mind my question',
    '',
    'Photos and songs only in our private chat, please. Albums and group photos work too. A guest without a song gets a carol.',
  ].join('\n'),

  cancelled: 'OK, cancelled.',
  nothingToCancel: 'Nothing to cancel.',
} as const;
