export const tokenText = {
  ask: "The bot's token, from @BotFather (it is not shown):",
  wrongForm:
    'That is not what @BotFather gives: a number, a colon, and some 35 letters. Copy it again, whole.',
  refused: 'Telegram does not know this token. Copy it again from @BotFather, whole.',
  keptRefused:
    "Telegram does not know the bot's token any more: it was revoked, or the bot was deleted. Set the new one as " +
    'BOT_TOKEN in .env and run this again.',
  missing:
    "The bot's token is needed: set BOT_TOKEN in the environment or in .env. Here is no terminal to ask for it.",
  unreachable: (reason: string): string =>
    `Telegram cannot be reached (${reason}). Look at this computer's network, then run this again.`,
  elsewhere: (bot: string, host: string): string =>
    `@${bot} is in use: its webhook is set to ${host}. Make another bot with @BotFather for this house, or take this ` +
    'one from there with --take-over.',
} as const;
