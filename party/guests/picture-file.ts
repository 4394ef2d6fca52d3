/** A picture that can be looked at (Rekognition API reference, Image: JPEG and PNG). */
export type PictureType = 'image/jpeg' | 'image/png';

/** What a file is, judged as a picture. */
export type PictureFile =
  | { readonly contentType: PictureType }
  /** A picture of a kind that cannot be looked at, as people call it. */
  | { readonly otherKind: string }
  | { readonly problem: 'not a picture' };

/** How pictures begin; a dot stands for any byte. */
const beginnings: ReadonlyArray<readonly [beginning: string, file: PictureFile]> = [
  ['\xff\xd8\xff', { contentType: 'image/jpeg' }],
  ['\x89PNG\r\n\x1a\n', { contentType: 'image/png' }],
  ['RIFF....WEBP', { otherKind: 'WebP' }],
  ['GIF8', { otherKind: 'GIF' }],
  ['BM....\0\0\0\0', { otherKind: 'BMP' }],
  ['II*\0', { otherKind: 'TIFF' }],
  ['MM\0*', { otherKind: 'TIFF' }],
  ['\xff\x0a', { otherKind: 'JPEG XL' }],
  ['\0\0\0\x0cJXL ', { otherKind: 'JPEG XL' }],
];

/** Brands of pictures in the boxes of an MP4 (ISO 23008-12, and AV1 Image File Format). */
const brands: ReadonlyArray<readonly [brand: RegExp, kind: string]> = [
  [/^avi[fs]$/, 'AVIF'],
  [/^he(i[cmsx]|v[cmsx])$/, 'HEIC'],
  // The picture itself may be of either kind; phones make HEIC.
  [/^(mif1|msf1)$/, 'HEIC'],
];

/** What a picture is by its first bytes, whatever its name and its sender say. */
export function pictureFile(bytes: Uint8Array): PictureFile {
  const head = Buffer.from(bytes.subarray(0, 64)).toString('latin1');
  const found = beginnings.find(([beginning]) => begins(head, beginning));
  if (found) return found[1];
  const kind = kindByBrand(head);
  return kind === undefined ? { problem: 'not a picture' } : { otherKind: kind };
}

/** The first box of such a file says its brand, and then with which others it goes. */
function kindByBrand(head: string): string | undefined {
  if (head.slice(4, 8) !== 'ftyp') return undefined;
  const end = Math.min(Buffer.from(head.slice(0, 4), 'latin1').readUInt32BE(), head.length);
  const found = [head.slice(8, 12)];
  for (let at = 16; at + 4 <= end; at += 4) found.push(head.slice(at, at + 4));
  // A film may go with a picture's brand as well; the first is what it is.
  if (!brands.some(([brand]) => brand.test(found[0]!))) return undefined;
  return brands.find(([brand]) => found.some((one) => brand.test(one)))?.[1];
}

const begins = (head: string, beginning: string): boolean =>
  [...beginning].every((character, index) => character === '.' || character === head[index]);
