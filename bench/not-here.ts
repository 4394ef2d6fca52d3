/** Thrown by a bench that this machine lacks something for; the message names what. The others are measured still. */
export class NotHere extends Error {
  override readonly name = 'NotHere';
}
