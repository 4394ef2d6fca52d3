/** A decoded picture: `data` holds RGB, 3 bytes a pixel, row by row from the top left. */
export interface Picture {
  readonly width: number;
  readonly height: number;
  readonly data: Uint8Array;
}

/** A decoded picture, and all that the detector will see of it at least. */
export interface PreparedPicture extends Picture {
  /** The whole of it, as small as the detector sees it. */
  readonly whole: Picture;
}

/** A picture as a JPEG file, upright: a tenth as large or less, so it is what a camera's pictures are passed on as. */
export interface JpegPicture {
  /** In pixels. */
  readonly width: number;
  readonly height: number;
  readonly jpeg: Buffer;
}

/** A rectangle in pixels of its picture; it may reach a little over the picture's edges. */
export interface Box {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

/** A point in pixels of its picture. */
export interface Point {
  readonly x: number;
  readonly y: number;
}

/** How a head is turned, in degrees, with Rekognition's signs. 0, 0, 0 looks straight into the camera. */
export interface Pose {
  readonly pitch: number;
  readonly roll: number;
  readonly yaw: number;
}

/** How good a face's picture is, each 0 to 100 on Rekognition's scale. */
export interface Quality {
  readonly brightness: number;
  readonly sharpness: number;
}

/** What a face looks like, in numbers. */
export interface Description extends Partial<AsSeen> {
  /** dlib's 128 numbers; the Euclidean distance between two tells whether they are one person. */
  readonly descriptor: Float32Array;
}

/** The same of a face as cameras see it; of a photo that somebody will be known by. */
export interface AsSeen {
  /** By one at a door: some 64 pixels wide. */
  readonly atDoor: Float32Array;
  /** By one far away: some 32 pixels wide. */
  readonly fromAfar: Float32Array;
}

/** A face found in a picture, measured and described. */
export interface Face extends Description {
  readonly box: Box;
  /** The detector's confidence that this is a face, 0 to 1. */
  readonly confidence: number;
  /** The 68 points of the iBUG scheme. */
  readonly landmarks: readonly Point[];
  readonly pose: Pose;
  readonly quality: Quality;
}
