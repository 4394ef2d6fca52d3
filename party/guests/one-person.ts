/** Rekognition's own default threshold: from there on two faces are one person's ("SearchFaces"). 0 to 100. */
export const onePerson = 80;
