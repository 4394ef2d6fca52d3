import { day } from '../../party/clock.ts';
import type { Config } from '../../party/config.ts';
import type { PhotoAdvice } from '../../party/guests/photo-advice.ts';
import { enrolmentText } from '../enrolment/enrolment.text.ts';
import { shownName as n } from '../names.ts';
import { count } from '../wording.ts';

/** How long things are kept, milliseconds, and where. */
export interface Keeping {
  readonly snapshotsKept: number;
  /** Undefined: until somebody deletes them. */
  readonly photosKept?: number;
  readonly keptAt: Config['KEPT_AT'];
}

const days = (span: number): string => (span === day ? 'a day' : count(Math.round(span / day), 'day'));

/** What guests read who add themselves. */
export const guestText = {
  consent: (name: string, host: string, { snapshotsKept, photosKept, keptAt }: Keeping): string =>
    [
      `Hi ${n(name)}! ${n(host)} invites you to a party. A camera at the door knows the guests, and everyone comes in to a song of their own.`,
      '',
      'If you’d like that too, this is what happens to your face:',
      `• I check whether your photo will do, and ${n(host)} sees it here and says that it’s you. Until then, nobody looks for you.`,
      '• Then I keep your photo and a description of your face (numbers, no picture). Whoever comes to the door is compared with it.',
      '• When you come, the party’s chat gets your name, your song and a picture of the door.',
      `• Pictures of the door are deleted after ${days(snapshotsKept)}. ${
        photosKept === undefined
          ? `Your photo and your face stay until you or ${n(host)} delete them.`
          : `Your photo and your face are deleted ${days(photosKept)} after the party.`
      }`,
      `• If ${n(host)} doesn’t say yes, all of it is deleted once the party is over.`,
      keptAt === 'home'
        ? '• It’s kept on the host’s own computer.'
        : '• It’s kept in the host’s own AWS account, whose face service sees your photo.',
      '',
      'Send /forget_me at any time, and all of it is deleted at once. What we write here stays in Telegram until you delete this chat. Is that OK?',
    ].join('\n'),
  /** Before all that, to somebody who has asked to join a group. */
  askedToJoin:
    'You asked to join the group of a party. I’m its bot, and here’s what goes with it. Please answer within five minutes, or press Start first: Telegram lets me write to you only that long.',
  agree: 'I agree',
  refuse: 'No, thanks',
  agreed: '✓ You agreed.',
  refused: 'OK, then I won’t know you at the door, and I’ve kept nothing about you. Enjoy the party!',
  refusedToJoin:
    'OK, then I won’t know you at the door, and I’ve kept nothing about you. Whether you join the group is up to its admins.',

  askPhoto: 'Great! How will I know you? Use your profile photo, or send me a selfie.',
  askSelfie: 'Great! How will I know you? Send me a selfie, please.',
  askSelfieToo: 'Got your song! And how will I know you? Send me a selfie, please.',
  useProfilePhoto: 'Use my profile photo',
  noProfilePhoto: 'I can’t see a profile photo of yours. Send me a selfie, please.',
  goodPhoto: (advice: readonly PhotoAdvice[]): string =>
    ['That’s a good photo.', ...enrolmentText.advice(advice)].join(' '),
  newPhoto: (host: string): string => `Got it. I’ve sent ${n(host)} the new photo.`,

  askSong: 'What shall I play when you come in? Pick one, or send me any song as a music file (MP3 or M4A).',
  useProfileSong: (title: string): string => `My profile’s song: ${n(title)}`,
  neither: 'I can’t use that file. Send me a selfie as a photo, or a song as an MP3 or M4A.',
  noProfileSong: 'I can’t find a song on your profile. Pick another one, or send me a music file.',
  shelf: 'Pick from the shelf',
  pickSong: 'Which one shall I play when you come in?',
  songGone: 'Someone else has that one by now. Please pick another.',
  surpriseMe: 'Surprise me',
  back: '‹ Back',

  asked: (host: string, song: string): string =>
    [
      `Thanks! I’ve asked ${n(host)}, and I’ll tell you when you’re on the list.`,
      `♪ ${song}`,
      'Want another photo or song? Just send it. /forget_me deletes everything.',
    ].join('\n'),
  onTheList: (name: string, song: string): string =>
    [
      `You’re on the list! See you at the door, ${n(name)}.`,
      `♪ ${song}`,
      'Changed your mind? /forget_me deletes everything about you, at any time.',
    ].join('\n'),
  declined: (host: string): string =>
    `Sorry, ${n(host)} hasn’t put you on the list. I’ve deleted your photo and everything else about you. What we wrote here goes when you delete this chat. If that’s a mistake, ask ${n(host)}, who can let you try again.`,
  photoRefused: (why: string): string => `I looked again, and that photo won’t do after all. ${why}`,
  photoGone: 'I can’t get your photo from Telegram any more. Please send me another one.',

  over: 'That link doesn’t work any more. Ask for a new one.',
  full: 'So many people have used that link that it’s full. Ask your host to add you.',
  /** Whenever they write from then on. */
  declinedBefore: (host: string): string =>
    `Sorry, ${n(host)} hasn’t put you on the list this time, and I’ve kept nothing of yours. If that’s a mistake, ask ${n(host)}, who can let you try again.`,
  /** Above the consent, when a host has changed their mind. */
  letAgain: (host: string): string => `Good news: ${n(host)} lets you try again.`,
  stillAsked: (host: string): string =>
    `You’ve signed up already, and I’ve asked ${n(host)}. I’ll tell you when you’re on the list.`,
  alreadyOnTheList:
    'You’re on the list already. See you at the door! To change your photo or your song, tell your host. /forget_me deletes everything about you.',
  tooManyPhotos: 'That’s all the photos I can look at for you, sorry. Ask your host to add you.',
  tooManySongs: 'That’s all the songs I can take from you, sorry. Pick one, or let me surprise you.',
  tooManyChanges: 'That’s as often as I can ask about you, sorry. Your host has your answer of before.',
  notOnTheList: 'You’re not on the list any more. /forget_me deletes what’s left about you.',

  /** To a press on a question of before. */
  notSignedUp: 'You’re not signed up any more. To begin anew, open your host’s link again.',
  /** A host may know them by a photo that never came from them. At most 200 characters, for a press (Bot API). */
  nothingToForget:
    'I’ve nothing here that I know is yours. If a host added you with a photo of their own, ask them to forget you.',

  forgetMe: 'Forget me',
  askForget: 'Shall I forget you? Photo, face, song, all of it, for good.',
  forgotten: (removed: string): string =>
    `I’ve forgotten you. ${removed} I looked again: nothing of it is left. What we wrote here goes when you delete this chat.`,
  notForgotten: 'Something of you is still there. Please send /forget_me once more.',
  /** For somebody whose name has no visible letters. */
  nameless: 'Somebody',

  only: 'I can only take your photo and your song. /forget_me deletes everything about you.',
  failed: 'Something went wrong on my side. Please try again in a minute.',
} as const;
