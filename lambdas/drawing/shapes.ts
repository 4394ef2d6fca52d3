import type { PixelBox, Size } from './place.ts';

/** What is drawn on pictures is of these colours; between several, the ground shows, in a chat of any colour. */
export const colour = {
  frame: '#ffd54a',
  rim: '#000000',
  label: '#14213d',
  text: '#ffffff',
  ground: '#1d1d21',
} as const;

/** A drawing of a picture's size, to be laid over it. */
export const svg = ({ width, height }: Size, content: readonly string[]): Buffer =>
  Buffer.from(
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}">${content.join('')}</svg>`,
  );

/** A rectangle with round corners. @param radius pixels */
export const rect = ({ left, top, width, height }: PixelBox, style: string, radius: number): string =>
  `<rect x="${left}" y="${top}" width="${width}" height="${height}" rx="${radius}" ${style}/>`;
