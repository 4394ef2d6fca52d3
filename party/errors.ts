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
  override readonly name = 'NotSentError';
  /** Milliseconds since 1970. */
  readonly retryAt: number;

  constructor(message: string, retryAt: number, options?: ErrorOptions) {
    super(message, options);
    this.retryAt = retryAt;
  }
}
