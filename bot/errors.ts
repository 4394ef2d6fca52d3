/**
 * A file that a person sent could not be fetched from Telegram. It carries no cause on purpose: the cause names
 * the file's address, and that holds the bot's token.
 */
export class DownloadError extends Error {
  override readonly name = 'DownloadError';
}

/** Telegram gives bots files of at most 20 MB (Bot API, getFile). */
export class FileTooLargeError extends Error {
  override readonly name = 'FileTooLargeError';
}
