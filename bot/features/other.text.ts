import { shownName as n } from '../names.ts';

/** What people read when they send something that the bot cannot use. */
export const otherText = {
  text: 'Send me a photo of a guest, or a song as a music file. /help tells how this works.',
  name: (name: string): string =>
    `Send me a photo of ${n(name)}, and I’ll know who it is. /help tells how this works.`,
  command: 'I do not know this command. /help lists those that I know.',
  voice: 'A voice message cannot be a guest’s song. Send the song as a music file (MP3 or M4A).',
  video: 'I cannot learn a face from a video. Send a photo of the guest.',
  contact: 'A contact doesn’t tell me what a guest looks like. Send a photo, with the name as its caption.',
  file: 'I cannot use this file. Send a guest’s photo as a photo, and a song as a music file (MP3 or M4A).',
  fileTooLarge:
    'This file is over 20 MB, and Telegram does not let me have it. Send a guest’s photo as a photo, and a smaller music file.',
  anything: 'I cannot use this. Send me a photo of a guest, or a song as a music file (MP3 or M4A).',
  oldButton: 'This button is too old. Please ask again.',
} as const;
