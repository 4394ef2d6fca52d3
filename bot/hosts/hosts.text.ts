import { shownName as n } from '../names.ts';
import { count } from '../wording.ts';

/** What people read about hosts and co-hosts. */
export const hostsText = {
  forward: 'Forward the next message to your co-host. Its link works once, for a day.',
  /** It is forwarded: said to whoever is to be a co-host. */
  invitation: (link: string): string => `Help me host the party! Open this link and press Start:\n${link}`,
  takeBack: 'Take it back',
  takenBack: 'OK, that link doesn’t work any more.',
  usedAlready: 'Too late, that link’s been used. See /hosts.',
  onlyInPrivate: 'Ask me in our private chat: here, everyone could use the link.',
  onlyOwner: (owner: string): string => `Only ${n(owner)} can do that.`,

  list: (hosts: ReadonlyArray<{ readonly name: string; readonly isYou: boolean }>): string =>
    [
      `${count(hosts.length, 'host')}:`,
      ...hosts.map(({ name, isYou }) => (isYou ? `${n(name)} (you)` : n(name))),
    ].join('\n'),
  more: '/cohost adds one.',
  remove: (name: string): string => `Remove ${n(name)}`,
  removed: (name: string): string => `${n(name)} isn’t a host any more. You can undo it for a day.`,
  restored: (name: string): string => `${n(name)} is a co-host again.`,
  undo: 'Undo',
  gone: 'That’s settled already. See /hosts.',

  joined: (name: string): string => `${n(name)} is a co-host now.`,
} as const;
