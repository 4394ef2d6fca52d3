import { shownName as n } from '../names.ts';
import { count } from '../wording.ts';

/** What hosts read about the link for guests, and about who signed up by it. */
export const inviteText = {
  forward: (most: number): string =>
    `Forward the next message to your guests: they add themselves, and I ask you about each. It works for up to ${most} people, until your next party is over.`,
  /** It is forwarded: said to whoever is to be a guest. */
  invitation: (host: string, link: string): string =>
    `${n(host)} invites you! Open this link and press Start, and give me a photo and a song: it plays when you come in.\n${link}`,
  known: (people: number): string =>
    `You have a link already: it’s the message I’m replying to. ${
      people === 0 ? 'Nobody has used it yet.' : `So far, ${count(people, 'guest')} signed up by it.`
    } A new link ends that one.`,
  newLink: 'New link',
  end: 'End it',
  ended: 'OK, that link doesn’t work any more. /invite makes a new one.',
  replaced: 'That link doesn’t work any more. The new one is below.',
  endedForGuests: 'This link doesn’t work any more. Ask for a new one.',
  groupOpened:
    'OK! Until the next party is over, whoever asks to join this group hears from me in private, with a photo and a song to give; the host says who’s welcome. Make an invite link of the group that wants approval, and send it round. For a link without the group, ask me in private.',
  groupEnded: 'OK, who asks to join this group is up to its admins again. /invite changes that.',
  notAdmin:
    'Here I can answer who asks to join, if you make me an admin who may add members. For a link to send round, ask me in our private chat.',
  hostOpened:
    'That’s the link for your guests, and you’re a host. To be announced too, send me a photo of yourself with your name.',

  card: (name: string, username: string | undefined, song: string): string =>
    `${n(name)}${username === undefined ? '' : ` (@${username})`} would like to come.\n♪ ${song}`,
  /** Below the card with their photo: anybody can open a link that was passed on, and call themselves so. */
  isIt: (name: string): string => `Is this ${n(name)}, and did you invite them? Then press Welcome.`,
  noPhoto: (name: string): string =>
    `I can’t show you their photo just now. Did you invite ${n(name)}? Then press Welcome.`,
  welcome: 'Welcome',
  decline: 'Decline',
  listen: '▶ Listen',
  welcomed: (name: string, song: string): string =>
    `${n(name)} is on the list, and I’ve told them.\n♪ ${song}`,
  welcomedAs: (name: string, guest: string): string =>
    `${n(name)} is on the list: that’s ${n(guest)}, whom you’d added already.`,
  looksLike: (name: string, same: string): string => `${n(name)} looks a lot like ${n(same)}. Same person?`,
  looksDifferent: (name: string): string =>
    `You already have a guest called ${n(name)}, and this looks like someone else. Same person?`,
  itIs: (same: string): string => `It’s ${n(same)}`,
  someoneElse: 'Someone else',
  /** @param isCardGone whether their photo could be deleted from this chat, too */
  declined: (name: string, isCardGone: boolean): string =>
    `OK, ${n(name)} isn’t on the list. I’ve told them, and deleted their photo and everything else. ${
      isCardGone
        ? 'Only their own chat with me still has what they sent, until they delete it.'
        : 'The card with their photo is too old for me to delete: please delete it here yourself.'
    }`,
  letAgain: 'Let them try again',
  again: (name: string): string => `OK, I’ve asked ${n(name)} once more.`,
  /** Who has left the chat with the bot. */
  againUntold: (name: string): string =>
    `OK, the link works for ${n(name)} again. I can’t write to them, so please tell them.`,
  againOver: 'That link doesn’t work any more, for anybody. /invite makes a new one.',
  photoRefused: (name: string): string =>
    `I looked again, and that photo won’t do after all. I’ve asked ${n(name)} for another one.`,
  settled: 'That’s settled already.',
  forgot: (name: string): string =>
    `${n(name)} asked me to forget them, so I have: photo, face, arrivals and the song they sent are gone.`,
  nothingToHear: 'I can’t get that song from Telegram any more.',
} as const;
