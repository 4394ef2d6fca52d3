/** The camera cannot do what was asked; the message says why and what to do, for people. */
export class CameraChoiceError extends Error {
  override readonly name = 'CameraChoiceError';
}

/** What the webcam's page sent is no JPEG that can be read. */
export class BrokenPictureError extends Error {
  override readonly name = 'BrokenPictureError';
}

/** An uploaded file will not do as the camera; the message says why, for people. */
export class VideoFileError extends Error {
  override readonly name = 'VideoFileError';
}
