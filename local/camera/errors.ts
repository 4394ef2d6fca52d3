/** The camera cannot do what was asked; the message says why and what to do, for people. */
export class CameraChoiceError extends Error {
  override readonly name = 'CameraChoiceError';
}

/** An uploaded file will not do as the camera; the message says why, for people. */
export class VideoFileError extends Error {
  override readonly name = 'VideoFileError';
}
