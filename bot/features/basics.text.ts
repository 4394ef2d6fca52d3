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
    '• A photo with “Anna” as its caption: Anna is a guest.',
    '• A song (MP3 or M4A) with “Anna” as its caption: it plays when Anna arrives.',
    '• /start_party until 1am, here or in a group: I announce everyone.',
    '',
    '/start_party – start the party',
    '/end_party – end it',
    '/status – what’s going on',
    '/camera – what I see right now',
    '/recap – who came to an earlier party, as a picture',
    '/why – why I announced someone, or didn’t: /why Anna',
    '/guests – see and change guests',
    '/mute – don’t announce a guest: /mute Anna',
    '/songs – see and change songs',
    '/door – a screen at your door that plays the songs',
    '/invite – a link for guests to add themselves',
    '/cohost – let someone help you host',
    '/hosts – who the hosts are',
    '/settings – your time, how long a party lasts, what I keep',
    '/forget – forget a guest, a party, or everything',
    '/cancel – drop my question',
    '',
    'Photos and songs only in our private chat, please. Albums and group photos work too.',
  ].join('\n'),

  cancelled: 'OK, cancelled.',
  nothingToCancel: 'Nothing to cancel. If there’s a button you don’t want, just leave it.',
} as const;
