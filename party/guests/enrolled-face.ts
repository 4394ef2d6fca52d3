/*
 * Which indexed faces are the product's own. Each has its photo's id as ExternalImageId, and belongs to nobody until it
 * has an owner in the table, which is a moment after it was indexed (or never, if the enrolment was cut short). A face
 * that was indexed by other means, such as the `aws` command, has a name there.
 */

/** Begins the ExternalImageId of every face that the product indexes; a name that begins so is nobody's. */
const prefix = 'photo:';

/**
 * Before there was the prefix, the whole ExternalImageId was Telegram's `file_unique_id`: that of a photo begins with
 * AQAD, that of a file with AgAD, and 11 or 12 characters follow.
 */
const withoutPrefix = /^A[Qg]AD[\w-]{11,12}$/;

/** What a face of this photo is indexed with. */
export const externalImageIdOf = (photoId: string): string => `${prefix}${photoId}`;

/** The photo that a face was enrolled from; undefined when the face is not one of the product's own. */
export function photoIdOf(externalImageId: string | undefined): string | undefined {
  if (externalImageId?.startsWith(prefix)) return externalImageId.slice(prefix.length);
  return externalImageId !== undefined && withoutPrefix.test(externalImageId) ? externalImageId : undefined;
}
