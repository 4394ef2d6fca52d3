/**
 * The child process in which carols are rendered, so that the program that asked keeps answering meanwhile.
 * It is sent a carol's id and sends back a `Rendering`, as often as it is asked; it ends with its parent.
 */
import { constants, setPriority } from 'node:os';
import { encodeMp3 } from './encode.ts';
import { renderScore } from './render.ts';
import { scores } from './scores/index.ts';

/** What the child answers. */
export type Rendering = { readonly audio: Uint8Array } | { readonly failure: string };

// Whatever else the machine is doing at a party is more urgent than a carol.
setPriority(constants.priority.PRIORITY_BELOW_NORMAL);

// At once: an orderly exit waits for the encoder’s thread, and that thread for this one to take what it has written.
const endAtOnce = () => process.kill(process.pid, 'SIGKILL');
process.on('disconnect', endAtOnce);
if (!process.connected) endAtOnce();
process.on('message', async (id) => {
  // When the parent is gone nobody is left to hear it, and this process is about to end too.
  process.send?.(await render(id), undefined, {}, () => {});
});

async function render(id: unknown): Promise<Rendering> {
  try {
    const score = scores.find((score) => score.id === id);
    if (!score) return { failure: 'there is no such score' };
    return { audio: await encodeMp3(renderScore(score), { title: score.title, artist: score.performer }) };
  } catch (error) {
    return { failure: error instanceof Error ? error.message : String(error) };
  }
}
