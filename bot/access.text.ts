/** What people read about who may speak with the bot. */
export const accessText = {
  stranger:
    'Hi! I only take orders from the hosts here. If they’ve invited you, ask them for your link to me.',
  unclaimed:
    'This party has no host yet. If it’s yours, open the link that the program showed you, and press Start. On the page it’s the Start button.',
  notYours: 'Only the hosts of this party can use these buttons.',
  claimed: 'Welcome! You’re the host now.',
  coHost: 'Welcome! You’re a co-host now.',
  invitationOver:
    'That link doesn’t work any more: someone has used it, or it’s over a day old. Ask for a new one.',
  claimedBefore: 'This party has a host already, and the link works only once.',
  anonymous:
    'I can’t see who you are while you’re an anonymous admin. Turn off “Remain anonymous” for yourself here, or write to me in private.',
  channel: 'I can’t see who is behind a channel. Say it as yourself, or write to me in private.',
} as const;
