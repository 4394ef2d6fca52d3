import type { Frame, Media } from '../media.ts';

/** A picture that the camera kept is near enough to a moment: milliseconds, as far as five a second are apart. */
const near = 200;

/** What a stream shows that has a camera here and takes uploads too: whatever comes. */
export function bothMedia(camera: Media, uploaded: Media, isUploading: () => boolean): Media {
  return {
    frames: (signal) => newestOf([camera, uploaded], signal),
    async pictures(from, to, moments, clock) {
      const kept = await camera.pictures(from, to, moments, clock);
      const isKept = (moment: number) => kept.some(({ time }) => Math.abs(time - moment) <= near);
      // What lies there as pictures need not be decoded once more.
      if (moments?.every(isKept)) return kept;
      return [...kept, ...(await uploaded.pictures(from, to, moments, clock))].sort(
        (a, b) => a.time - b.time,
      );
    },
    get trouble() {
      return isUploading() ? undefined : camera.trouble;
    },
  };
}

/** The frames of several sources. One who is slow gets the newest. */
async function* newestOf(
  sources: readonly Media[],
  signal: AbortSignal,
): AsyncGenerator<Frame, void, undefined> {
  let newest: Frame | undefined;
  let wake = () => {};
  const over = new AbortController();
  const either = AbortSignal.any([signal, over.signal]);
  const following = sources.map(async (source) => {
    for await (const frame of source.frames(either)) {
      newest = frame;
      wake();
    }
  });
  let failure: { readonly error: unknown } | undefined;
  Promise.all(following).catch((error: unknown) => {
    failure = { error };
    wake();
  });
  const end = () => wake();
  signal.addEventListener('abort', end, { once: true });
  try {
    while (!signal.aborted && !failure) {
      const frame = newest;
      newest = undefined;
      if (frame) yield frame;
      else {
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      }
    }
    if (failure) throw failure.error;
  } finally {
    signal.removeEventListener('abort', end);
    over.abort();
  }
}
