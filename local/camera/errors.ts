/** The camera cannot do what was asked; the message says why and what to do, for people. */
export class CameraChoiceError extends Error {
  override readonly name = 'CameraChoiceError';
}

/** An uploaded file will not do as the camera; the message says why, for people. */
export class VideoFileError extends Error {
  override readonly name = 'VideoFileError';
}

/** The stream of this machine that a camera's video goes through does not take it. The message is for people. */
export class VideoNotTakenError extends Error {
  override readonly name = 'VideoNotTakenError';

  /** @param cause what the upload failed with, at last */
  constructor(cause: unknown) {
    const isTaken = cause instanceof Error && cause.name === 'ConnectionLimitExceededException';
    super(
      isTaken
        ? 'Another program sends its video in the place of this camera. End that one: a producer, or another upload.'
        : 'The camera sends, but my own AWS does not take its video. Restart me; if that does not help, npm run doctor says more.',
      { cause },
    );
  }
}
