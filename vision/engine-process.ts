import { prepared } from './detector-square.ts';
import { Engine, type EngineOptions } from './engine.ts';
import type { Face, JpegPicture, Picture, PreparedPicture } from './face.ts';
import type { Look } from './look.ts';
import { decodePicture } from './picture.ts';
import type { Mode } from './usable.ts';

/** What the engine's process is asked: to find faces, or to begin with the picture that it will be asked about next. */
export type Request = Find | { readonly prepare: JpegPicture };

interface Find {
  readonly id: number;
  /** The picture that it has last begun with, or another one. */
  readonly picture: Picture | JpegPicture | 'prepared';
  readonly mode: Mode;
  readonly look: Look | undefined;
  /** Whether it is to say when it is nearly done. */
  readonly saysNearlyDone: boolean;
}

/**
 * What it says: first that it is ready or why it cannot be, then one answer to each request to find faces. Before that,
 * if it is to, that it is nearly done.
 */
export type Answer =
  | { readonly ready: true }
  | { readonly failed: string }
  | { readonly id: number; readonly nearlyDone: true }
  | { readonly id: number; readonly faces: readonly Face[] }
  | { readonly id: number; readonly error: string };

/**
 * The engine's process: forked by `forked-engine.ts`, which gives its options as one argument in JSON.
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
  let ahead: Promise<PreparedPicture> | undefined;
  process.on('message', (request: Request) => {
    if ('prepare' in request) {
      // In threads of its own, so at once, whatever else is under way.
      ahead = decodePicture(request.prepare.jpeg).then(prepared);
      // Whoever asks about it is told.
      ahead.catch(() => {});
      return;
    }
    const { picture } = request;
    // Now, and not when it is its turn: by then this process may have begun with another one.
    const begun = picture === 'prepared' ? ahead : undefined;
    if (begun) ahead = undefined;
    last = last.then(async () => say(await answer(await engine, request, begun)));
  });
}

async function answer(
  engine: Engine,
  { id, picture, mode, look, saysNearlyDone }: Find,
  begun: Promise<PreparedPicture> | undefined,
): Promise<Answer> {
  try {
    const decoded = await (begun ?? decodedOf(picture));
    const nearlyDone = saysNearlyDone ? () => say({ id, nearlyDone: true }) : undefined;
    return { id, faces: await engine.find(decoded, mode, look, nearlyDone) };
  } catch (error) {
    return { id, error: messageOf(error) };
  }
}

async function decodedOf(picture: Find['picture']): Promise<Picture> {
  if (picture === 'prepared') throw new Error('It was asked about a picture that it has not.');
  return 'jpeg' in picture ? await decodePicture(picture.jpeg) : picture;
}

function say(answer: Answer): void {
  // When the parent is gone nobody is left to hear it, and this process is about to end too.
  process.send?.(answer, undefined, {}, () => {});
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

serve(JSON.parse(process.argv[2] ?? '{}'));
