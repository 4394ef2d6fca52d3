/** A command cannot go on. The message is for the host: what happened, and what to do. */
export class CommandError extends Error {
  override readonly name = 'CommandError';
}

/** The command line makes no sense; the message says what and points to `--help`. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

/** The host said no, or pressed Ctrl+C at a question. */
export class StoppedError extends Error {
  override readonly name = 'StoppedError';

  constructor(message = 'Nothing was changed.') {
    super(message);
  }
}
