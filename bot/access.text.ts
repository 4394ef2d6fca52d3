/** What people read about who may speak with the bot. */
export const accessText = {
  stranger: 'Hello! This is a private party, and I only talk to its hosts. Have a lovely evening!',
  unclaimed:
    'This party has no host yet. If it’s yours, open the link that the program showed you, and press Start. On the page it’s the Start button.',
  notYours: 'Only the hosts of this party can use these buttons.',
  claimed: 'Welcome! From now on you are the host of this house, and I listen to you.',
  claimedBefore: 'This house has a host already, and this code works only once. Ask the host.',
  anonymous:
    'I can’t see who you are while you’re an anonymous admin. Turn off “Remain anonymous” for yourself here, or write to me in private.',
  channel: 'I can’t see who is behind a channel. Say it as yourself, or write to me in private.',
} as const;
