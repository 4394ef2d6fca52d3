/** A record on the data stream that is no face-search record; the message says why. */
export class BrokenRecordError extends Error {
  override readonly name = 'BrokenRecordError';
}

/** The environment lacks something, or has it wrong; the message names each variable and what to set. */
export class ConfigurationError extends Error {
  override readonly name = 'ConfigurationError';
}

/** The recognition could not be started or stopped; the message is for the host. */
export class RecognitionError extends Error {
  override readonly name = 'RecognitionError';
}

/** A message is surely not in the chat, and may be tried again from a time on. */
export class NotSentError extends Error {
  override readonly name: string = 'NotSentError';
  /** Milliseconds since 1970. */
  readonly retryAt: number;

  constructor(message: string, retryAt: number, options?: ErrorOptions) {
    super(message, options);
    this.retryAt = retryAt;
  }
}

/** The chat is not there, or the bot is not wanted in it: a later try helps only if people change that. */
export class ChatGoneError extends NotSentError {
  override readonly name: string = 'ChatGoneError';
}

/** Another is sending the message, or it waits for its next try; whoever asked for it is to ask again later. */
export class SendPendingError extends Error {
  override readonly name = 'SendPendingError';
}
