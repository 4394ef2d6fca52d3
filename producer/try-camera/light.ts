import type { Picture } from '../../vision/face.ts';

/** A picture's light. */
export interface Light {
  /** Its mean luma, 0 to 100, as faces' brightness is measured. */
  readonly brightness: number;
  /** Whether it has no colours: a camera's night mode, by infrared light. */
  readonly isGrey: boolean;
}

/** The channels of a picture without colours differ by no more, in the mean; coding adds a little: of 255. */
const colourless = 4;

/** Every so many pixels are looked at. */
const step = 7;

/** Measures a picture's light. */
export function lightOf({ data }: Picture): Light {
  let luma = 0;
  let colour = 0;
  let count = 0;
  for (let at = 0; at + 2 < data.length; at += 3 * step) {
    const [red, green, blue] = [data[at]!, data[at + 1]!, data[at + 2]!];
    luma += 0.299 * red + 0.587 * green + 0.114 * blue;
    colour += Math.max(red, green, blue) - Math.min(red, green, blue);
    count += 1;
  }
  return { brightness: (luma / count / 255) * 100, isGrey: colour / count <= colourless };
}
