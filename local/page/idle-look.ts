import {
  DetectFacesCommand,
  type RekognitionClient,
  ResourceNotFoundException,
  SearchFacesByImageCommand,
} from '@aws-sdk/client-rekognition';
import type { DetectedFaceJson, FaceSearchRecordJson, MatchedFaceJson } from '../../party/record/record.ts';
import { cropFace } from '../../producer/search/crop.ts';
import { faceSearchRecord } from '../../producer/search/face-search-record.ts';
import type { Box, JpegPicture } from '../../vision/face.ts';
import type { CameraPicture } from '../camera/retained.ts';

type Searched = FaceSearchRecordJson['FaceSearchResponse'][number];

/** It comes from no stream, and goes to none. */
const noStream = '';

/**
 * Looks at one picture while no party is on, as a stream processor would, by Rekognition's calls for single pictures.
 * Nobody hears of it but who looks at the page.
 *
 * @param isUsable whether a face is good enough to be searched
 */
export async function lookAt(
  picture: CameraPicture,
  rekognition: RekognitionClient,
  collectionId: string,
  isUsable: (face: DetectedFaceJson) => boolean,
): Promise<FaceSearchRecordJson> {
  const image = { Bytes: picture.jpeg };
  const { FaceDetails = [] } = await rekognition.send(new DetectFacesCommand({ Image: image }));
  const detected = FaceDetails as DetectedFaceJson[];
  const faces = detected.map(async (face): Promise<Searched> => {
    if (!isUsable(face)) return { DetectedFace: face, MatchedFaces: [] };
    const others = detected.filter((other) => other !== face).map((other) => pixelBox(other, picture));
    const crop = await cropFace(picture, pixelBox(face, picture), others);
    return { DetectedFace: face, MatchedFaces: await matches(crop, rekognition, collectionId) };
  });
  return faceSearchRecord(noStream, picture.time, await Promise.all(faces));
}

async function matches(
  crop: Buffer,
  rekognition: RekognitionClient,
  collectionId: string,
): Promise<MatchedFaceJson[]> {
  try {
    const { FaceMatches = [] } = await rekognition.send(
      new SearchFacesByImageCommand({ CollectionId: collectionId, Image: { Bytes: crop } }),
    );
    return FaceMatches as MatchedFaceJson[];
  } catch (error) {
    // Before the first guest there is no collection.
    if (error instanceof ResourceNotFoundException) return [];
    // In its crop alone it is no face: then it is nobody's either.
    if (error instanceof Error && error.name === 'InvalidParameterException') return [];
    throw error;
  }
}

const pixelBox = ({ BoundingBox }: DetectedFaceJson, { width, height }: JpegPicture): Box => ({
  left: BoundingBox.Left * width,
  top: BoundingBox.Top * height,
  width: BoundingBox.Width * width,
  height: BoundingBox.Height * height,
});
