import type { FaceDetail } from '@aws-sdk/client-rekognition';

/** What keeps a photo that will do from being a good one. */
export type PhotoAdvice = 'sunglasses' | 'covered' | 'dim light';

/** Below that, Rekognition is not sure enough to bother people with it. Percent. */
const sure = 90;
/** On Rekognition's scale of 0 to 100; photos in daylight have 60 to 90, and below 20 none is taken. */
const dim = 40;

/**
 * What to say of a face that will do. Sunglasses hide the eyes, and what covers a part of the face (a hat pulled down, a
 * scarf, a hand) hides that ("FaceOccluded" in the Rekognition API reference); Rekognition has no attribute for hats.
 *
 * @param detail an engine that does not know an attribute leaves it out, and nothing is said of it
 */
export function adviceOn({ Sunglasses, FaceOccluded, Quality }: FaceDetail): PhotoAdvice[] {
  const has = (one: FaceDetail['Sunglasses']) => one?.Value === true && (one.Confidence ?? 0) >= sure;
  const advice: PhotoAdvice[] = [];
  if (has(Sunglasses)) advice.push('sunglasses');
  // Dark glasses count as a cover, too.
  else if (has(FaceOccluded)) advice.push('covered');
  if (Quality?.Brightness !== undefined && Quality.Brightness < dim) advice.push('dim light');
  return advice;
}

/** What of it is kept with a photo: of a good one, nothing. */
export const keptAdvice = (
  advice: readonly PhotoAdvice[] = [],
): { readonly advice?: readonly PhotoAdvice[] } => (advice.length > 0 ? { advice } : {});
