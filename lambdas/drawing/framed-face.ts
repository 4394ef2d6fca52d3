import type { OverlayOptions } from 'sharp';
import { labelAt, type PixelBox, type Size } from './place.ts';
import { colour, rect, svg } from './shapes.ts';
import type { Label } from './written.ts';

/** How thick the lines are, and how far from the frame the label stands; pixels. */
export interface FrameStyle {
  readonly stroke: number;
  readonly gap: number;
}

/** A frame round a face, and its label beside it, to be laid over a picture of that size. */
export function framedFace(
  frame: PixelBox,
  label: Label | undefined,
  picture: Size,
  { stroke, gap }: FrameStyle,
): OverlayOptions[] {
  const place = label && labelAt(frame, label, picture, gap);
  const drawing = svg(picture, [
    rect(
      frame,
      `fill="none" stroke="${colour.rim}" stroke-opacity="0.6" stroke-width="${stroke + 2}"`,
      stroke,
    ),
    rect(frame, `fill="none" stroke="${colour.frame}" stroke-width="${stroke}"`, stroke),
    ...(place ? [rect(place, `fill="${colour.label}" fill-opacity="0.8"`, 2 * stroke)] : []),
  ]);
  return [
    { input: drawing, left: 0, top: 0 },
    ...(place && label
      ? [{ input: label.text, left: place.left + label.padding, top: place.top + label.padding }]
      : []),
  ];
}
