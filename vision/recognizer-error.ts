/** The engine cannot start, failed on a picture, died of it twice, or was closed. */
export class RecognizerError extends Error {
  override readonly name: string = 'RecognizerError';
}
