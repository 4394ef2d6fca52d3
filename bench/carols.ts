import { carols, renderCarol } from '../carols/index.ts';
import type { Figure } from './figure.ts';

/** Seconds to render each carol from nothing, with the start of the process that does it. */
export async function carolsBench(): Promise<Figure[]> {
  const figures: Figure[] = [];
  for (const { id, title } of carols) {
    const before = performance.now();
    await renderCarol(id);
    figures.push({ name: `carol rendered: ${title}`, value: (performance.now() - before) / 1000, unit: 's' });
  }
  return figures;
}
