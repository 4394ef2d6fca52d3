import { shownName as n } from '../names.ts';

/** What people read when they send something that the bot cannot use. */
export const otherText = {
  text: 'Send me a photo of a guest, or a song as a music file. /help shows how.',
  name: (name: string): string =>
    `To add ${n(name)} as a guest, send me their photo now. For anything else, see /help.`,
  command: 'I don’t know that one. Try /help.',
  voice: 'A voice message can’t be a guest’s song. Send the song as an MP3 or M4A.',
  video: 'I can’t learn a face from a video. Send me a photo of the guest.',
  contact:
    'I can’t see a face in a contact card. Try “Add from contacts” in /guests, or send a photo, with the name as its caption.',
  file: 'I can’t use that file. Send a guest’s photo as a photo, and a song as an MP3 or M4A.',
  fileTooLarge:
    'That file is over 20 MB, and Telegram doesn’t let me have it. Send a photo as a photo, and a smaller music file.',
  anything: 'I can’t use that. Send me a photo of a guest, or a song as an MP3 or M4A.',
  oldButton: 'That button’s too old. Send me the command again.',
} as const;
