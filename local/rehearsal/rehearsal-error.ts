/** The rehearsal cannot begin or go on; the message says why, for people. */
export class RehearsalError extends Error {
  override readonly name = 'RehearsalError';
}
