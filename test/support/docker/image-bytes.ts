import { spawn } from 'node:child_process';
import { once } from 'node:events';
import type { DockerEngine } from './engine.ts';

/**
 * Which of these texts stand anywhere in an image: in a file of any layer, though a later one may hide it, in a file's
 * name, or in how the image says that it was made.
 */
export async function textsInImage(
  { env }: Pick<DockerEngine, 'env'>,
  image: string,
  texts: readonly string[],
): Promise<string[]> {
  const wanted = new Set(texts);
  const overlap = Math.max(...texts.map((text) => Buffer.byteLength(text))) - 1;
  const save = spawn('docker', ['save', image], { env, stdio: ['ignore', 'pipe', 'inherit'] });
  const closed = once(save, 'close');
  let before = Buffer.alloc(0);
  for await (const chunk of save.stdout) {
    const bytes = Buffer.concat([before, chunk]);
    for (const text of wanted) if (bytes.includes(text)) wanted.delete(text);
    before = bytes.subarray(Math.max(0, bytes.length - overlap));
  }
  const [code] = await closed;
  if (code !== 0) throw new Error(`docker save ${image} failed (${code})`);
  return texts.filter((text) => !wanted.has(text));
}
