import { type Context, Hono, type MiddlewareHandler } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { streamSSE } from 'hono/streaming';
import { z } from 'zod';
import { PictureError } from '../../vision/picture.ts';
import type { Camera } from '../camera/camera.ts';
import { CameraChoiceError, VideoFileError } from '../camera/errors.ts';
import { cameraSources } from '../camera/state.ts';
import { tryCamera } from '../camera/try-camera.ts';
import type { TypedCamera } from '../camera/typed-camera.ts';
import { diskFullText, isDiskFull } from '../disk/disk-full.ts';
import { DoorView } from './door-view.ts';
import type { SeenFrames } from './seen-frames.ts';
import { UploadError, uploadedFile } from './uploaded-file.ts';

/** The largest webcam picture that is taken, in bytes. */
const largestPicture = 4 * 1024 * 1024;
/** The longest choice of a camera, in bytes: a few words. */
const longestChoice = 1024;
/** The longest address with name and password, in bytes of JSON. */
const longestAddress = 8 * 1024;
/** So often the state is sent at least, in milliseconds: pictures a second change without an event. */
const heartbeat = 2_000;

const chosenCamera = z.object({ source: z.enum(cameraSources), loop: z.boolean().optional() });
const typedCamera = z.object({
  address: z.string(),
  user: z.string().optional(),
  password: z.string().optional(),
});

/**
 * The door's interface for the page, all under `/door`:
 * - `GET /state` → DoorState; `GET /events` → server-sent events `camera` (DoorState) and `frame` (DoorFrame)
 * - `GET /pictures/:time` → that frame's JPEG, for as long as the camera keeps it
 * - `POST /camera` `{source, loop?}` or a form with a video file (`?loop=1` to play it over and over) → DoorState
 * - `POST /camera/try` `{address, user?, password?}` → what that camera sees, a JPEG; `POST /camera/use` makes it the
 *   camera → DoorState
 * - `POST /frames` a JPEG from the webcam → 204
 *
 * What goes wrong is answered as `{error}`, a sentence for people.
 */
export function doorApp(camera: Camera, seenFrames: SeenFrames): Hono {
  const view = new DoorView(camera, seenFrames);
  const app = new Hono();

  app.get('/state', async (c) => c.json(await view.newState()));

  app.get('/events', (c) =>
    streamSSE(c, async (stream) => {
      const ended = new AbortController();
      const sendState = async () =>
        stream.writeSSE({ event: 'camera', data: JSON.stringify(await view.newState()) });
      const beat = setInterval(sendState, heartbeat);
      const leave = view.watched();
      stream.onAbort(() => ended.abort());
      const send = async (event: string, values: AsyncIterable<unknown>) => {
        for await (const value of values) await stream.writeSSE({ event, data: JSON.stringify(value) });
      };
      try {
        await sendState();
        await Promise.all([
          send('camera', view.states.follow(ended.signal)),
          send('frame', view.frames.follow(ended.signal)),
        ]);
      } finally {
        clearInterval(beat);
        leave();
      }
    }),
  );

  app.get('/pictures/:time', async (c) => {
    const picture = await camera.picture(Number(c.req.param('time')));
    if (!picture) return c.json({ error: 'The camera does not keep this picture any more.' }, 404);
    c.header('content-type', 'image/jpeg');
    c.header('cache-control', 'private, max-age=60, immutable');
    return c.body(new Uint8Array(picture.jpeg));
  });

  app.post('/camera', shortUnlessForm, async (c) => {
    if (isForm(c)) {
      const file = await uploadedFile(c.req.header('content-type'), c.req.raw.body);
      await camera.playFile(file.name, file.bytes, c.req.query('loop') === '1');
    } else {
      const chosen = chosenCamera.safeParse(await c.req.json().catch(() => undefined));
      if (!chosen.success) return notChosen(c);
      const { source, loop } = chosen.data;
      await camera.choose(source, loop === undefined ? {} : { loop });
    }
    return c.json(await view.newState());
  });

  app.post('/camera/try', bodyLimit({ maxSize: longestAddress }), async (c) => {
    const trial = await tryCamera(await typedIn(c), { signal: c.req.raw.signal });
    if ('reason' in trial) return c.json({ error: trial.reason }, 422);
    c.header('content-type', 'image/jpeg');
    return c.body(new Uint8Array(trial.picture.jpeg));
  });

  app.post('/camera/use', bodyLimit({ maxSize: longestAddress }), async (c) => {
    await camera.use(await typedIn(c));
    return c.json(await view.newState());
  });

  app.post('/frames', bodyLimit({ maxSize: largestPicture, onError: tooLarge }), async (c) => {
    await camera.receive(Buffer.from(await c.req.arrayBuffer()));
    return c.body(null, 204);
  });

  app.onError((error, c) => {
    if (error instanceof CameraChoiceError) return c.json({ error: error.message }, 409);
    const refused = [PictureError, VideoFileError, UploadError].some((refusal) => error instanceof refusal);
    if (refused) return c.json({ error: error.message }, 400);
    if (isDiskFull(error)) return c.json({ error: diskFullText }, 507);
    throw error;
  });

  return app;
}

/** A video may be as large as it likes, for it goes to the disk as it comes. */
const isForm = (c: Context): boolean => c.req.header('content-type')?.startsWith('multipart/') ?? false;
const notChosen = (c: Context): Response =>
  c.json({ error: `Choose one of ${cameraSources.join(', ')}.` }, 400);
const short = bodyLimit({ maxSize: longestChoice, onError: notChosen });
const shortUnlessForm: MiddlewareHandler = (c, next) => (isForm(c) ? next() : short(c, next));

/** @throws CameraChoiceError */
async function typedIn(c: Context): Promise<TypedCamera> {
  const typed = typedCamera.safeParse(await c.req.json().catch(() => undefined));
  if (!typed.success) throw new CameraChoiceError('Paste the camera’s address.');
  const { address, user, password } = typed.data;
  return { address: address.trim(), ...(user && { user }), ...(password && { password }) };
}

function tooLarge(c: Context): Response {
  return c.json({ error: 'The webcam’s picture is over 4 MB.' }, 413);
}
