/** A second opinion cannot be used; the message says why and what to do, in words for the host. */
export class SecondOpinionError extends Error {
  override readonly name: string = 'SecondOpinionError';
}
