import { Engine, type EngineOptions } from './engine.ts';
import type { Face, JpegPicture, Picture } from './face.ts';
import type { Look } from './look.ts';
import { decodePicture } from './picture.ts';
import type { Mode } from './usable.ts';

/** What the engine's process is asked. */
export interface Request {
  readonly id: number;
  readonly picture: Picture | JpegPicture;
  readonly mode: Mode;
  readonly look: Look | undefined;
}

/** What it says: first that it is ready or why it cannot be, then one answer to each request. */
export type Answer =
  | { readonly ready: true }
  | { readonly failed: string }
  | { readonly id: number; readonly faces: readonly Face[] }
  | { readonly id: number; readonly error: string };

/**
 * The engine's process: forked by `recognizer.ts`, which gives its options as one argument in JSON.
 * Networks compute in the way of everything else here, and an orderly exit in the middle of it aborts
 * noisily: so this process only ever ends at once, when it is killed or its parent is gone.
 */
function serve(options: EngineOptions): void {
  const endAtOnce = () => process.kill(process.pid, 'SIGKILL');
  process.on('disconnect', endAtOnce);
  if (!process.connected) endAtOnce();
  // Ctrl+C reaches every process of the terminal; the parent decides when this one ends.
  process.on('SIGINT', () => {});

  const engine = Engine.create(options);
  engine.then(
    () => {
      // What the networks were built from is as large as they are, and nothing here would soon have it collected.
      globalThis.gc?.();
      say({ ready: true });
    },
    (error) => say({ failed: messageOf(error) }),
  );
  let last: Promise<void> = Promise.resolve();
  process.on('message', (request: Request) => {
    last = last.then(async () => say(await answer(await engine, request)));
  });
}

async function answer(engine: Engine, { id, picture, mode, look }: Request): Promise<Answer> {
  try {
    const decoded = 'jpeg' in picture ? await decodePicture(picture.jpeg) : picture;
    return { id, faces: await engine.find(decoded, mode, look) };
  } catch (error) {
    return { id, error: messageOf(error) };
  }
}

function say(answer: Answer): void {
  // When the parent is gone nobody is left to hear it, and this process is about to end too.
  process.send?.(answer, undefined, {}, () => {});
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

serve(JSON.parse(process.argv[2] ?? '{}'));
