/** A record on the data stream that is no face-search record; the message says why. */
export class BrokenRecordError extends Error {
  override readonly name = 'BrokenRecordError';
}

/** The environment lacks something, or has it wrong; the message names each variable and what to set. */
export class ConfigurationError extends Error {
  override readonly name = 'ConfigurationError';
}

/** A face is not in the collection (any more). */
export class FaceGoneError extends Error {
  override readonly name = 'FaceGoneError';
}

/** The recognition could not be started or stopped; the message is for the host. */
export class RecognitionError extends Error {
  override readonly name = 'RecognitionError';
}

/** It is not on yet and may still come: whoever starts it again goes on where this start left off. */
export class NotYetError extends RecognitionError {}

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

/** The chat takes no more messages until then, whatever they are. */
export class TooManyMessagesError extends NotSentError {
  override readonly name: string = 'TooManyMessagesError';
}

/** The chat is not there, or the bot may not write there: a later try helps only if people change that. */
export class ChatGoneError extends NotSentError {
  override readonly name: string = 'ChatGoneError';
}

/** The chat goes on under another id: a group became a supergroup. */
export class ChatMovedError extends NotSentError {
  override readonly name: string = 'ChatMovedError';
  readonly chatId: number;

  /** @param chatId its id now */
  constructor(message: string, retryAt: number, chatId: number) {
    super(message, retryAt);
    this.chatId = chatId;
  }
}

/** A message will never be in the chat, however often it is tried. */
export class UnsendableError extends Error {
  override readonly name: string = 'UnsendableError';
}

/** What a message was to tell is not so any more, or is told otherwise: nobody misses it. */
export class OvertakenError extends UnsendableError {
  override readonly name = 'OvertakenError';
}
