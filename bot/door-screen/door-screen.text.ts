import { shownName as n } from '../names.ts';

/** What people read about the screen at the door. */
export const doorScreenText = {
  /** What the screen says while nobody arrives, unless the host says something else. */
  title: 'Welcome!',
  /** @param until a time of tomorrow's: `19:20` */
  link: (link: string, until: string, openingCommand: string | undefined): string =>
    [
      'Here’s the screen for your door! Open this on a tablet, an old phone or a TV there, and tap for sound:',
      link,
      '',
      'It shows who arrives and plays their song. Keep the link to yourselves: whoever has it sees that too. ' +
        `It works until tomorrow, ${until}.`,
      ...(openingCommand === undefined
        ? []
        : ['', `Only this computer can open it. To let a tablet in, start me with: ${openingCommand}`]),
      '',
      'Want other words on it? Say /door and the words.',
    ].join('\n'),
  known: (until: string): string =>
    `You have a link already, and it works until ${until}. I can’t show it twice, but it’s in the message I’m replying to. ` +
    'A new link ends that one.',
  renamed: (title: string): string => `OK, the screen says “${n(title)}” now.`,
  tooLong: (most: number): string => `That’s too long for the screen. ${most} letters fit.`,
  newLink: 'New link',
  takeBack: 'Take it back',
  takenBack: 'OK, that link doesn’t work any more. /door makes a new one.',
  replaced: 'This link doesn’t work any more. The new one is below.',
  onlyInPrivate: 'Ask me in our private chat: here, everyone could use the link.',
  none: 'I have no screen for the door here.',
} as const;
