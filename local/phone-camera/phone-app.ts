import { Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { PictureError } from '../../vision/picture.ts';
import type { Camera } from '../camera/camera.ts';
import { CameraChoiceError } from '../camera/errors.ts';
import type { Asset, AssetsOnceBuilt } from '../page/assets.ts';
import { documentPolicy, phoneDocument } from './document.ts';

/** What a phone's page is, and where its pictures go. */
export interface PhoneAppParts {
  readonly camera: Pick<Camera, 'receive'>;
  readonly assets: AssetsOnceBuilt;
  /** Where it is served: `https://192.168.1.20:8443`. */
  readonly origin: () => string;
  /** Whether a link holds this secret. */
  readonly isLet: (secret: string) => boolean;
}

/** The largest picture that is taken, in bytes. */
const largestPicture = 4 * 1024 * 1024;

/**
 * What a phone in the network sees of this program: below its link's secret one page that opens the phone's camera, and
 * `POST frames`, to which that sends pictures. Pictures come in, and nothing goes out: neither chat nor door. To all else
 * it answers 404.
 */
export function phoneApp({ camera, assets, origin, isLet }: PhoneAppParts): Hono {
  const app = new Hono();
  app.use('/:secret/*', async (c, next) => {
    const { host, protocol } = new URL(origin());
    const isOwn = c.req.header('host') === host && protocol === 'https:';
    // What a page of another site sends has that site's origin.
    const isOwnPages = c.req.method === 'GET' || c.req.header('origin') === origin();
    if (!isOwn || !isOwnPages || !isLet(c.req.param('secret'))) return c.notFound();
    await next();
    c.header('cache-control', 'no-store');
    c.header('referrer-policy', 'no-referrer');
    c.header('x-content-type-options', 'nosniff');
  });
  app.get('/:secret/', (c) => {
    c.header('content-security-policy', documentPolicy);
    c.header('permissions-policy', 'camera=(self)');
    return c.html(phoneDocument);
  });
  const serve = (name: string, asset: 'phone' | 'phoneStyle' | 'metronome') =>
    app.get(`/:secret/${name}`, async (c) => {
      const { type, content }: Asset = (await assets())[asset];
      return c.body(content, 200, { 'content-type': type });
    });
  serve('phone.js', 'phone');
  serve('phone.css', 'phoneStyle');
  serve('metronome.js', 'metronome');
  app.post('/:secret/frames', bodyLimit({ maxSize: largestPicture }), async (c) => {
    await camera.receive(Buffer.from(await c.req.arrayBuffer()), 'phone');
    return c.body(null, 204);
  });
  app.onError((error, c) => {
    if (error instanceof CameraChoiceError) return c.json({ error: error.message }, 409);
    if (error instanceof PictureError) return c.json({ error: error.message }, 400);
    throw error;
  });
  return app;
}
