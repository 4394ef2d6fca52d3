import { changed, crop } from '../test/support/changed.ts';
import { samplePicture } from '../test/support/pictures.ts';
import type { Picture } from '../vision/face.ts';

/** How many faces stand side by side. */
const row = 3;

/** A 720p frame with so many faces (six at most, each about 110 px wide) on grey, three in a row. */
export async function frameWith(faces: number): Promise<Picture> {
  const sample = await samplePicture(1);
  const face = await crop(sample, { left: 1290, top: 60, width: 560, height: 560 });
  const small = await changed(face, (image) => image.resize(300, 300));
  const grey: Picture = { width: 1280, height: 720, data: new Uint8Array(1280 * 720 * 3).fill(110) };
  const top = faces > row ? 40 : 200;
  const overlays = Array.from({ length: faces }, (_, i) => ({
    input: Buffer.from(small.data),
    raw: { width: 300, height: 300, channels: 3 as const },
    left: 60 + 400 * (i % row),
    top: top + 340 * Math.floor(i / row),
  }));
  return await changed(grey, (image) => image.composite(overlays));
}
