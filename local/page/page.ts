import { Hono, type MiddlewareHandler } from 'hono';
import type { Camera } from '../camera/camera.ts';
import { loopbackOnly, ownPageOnly } from '../http/loopback.ts';
import type { PhoneCamera } from '../phone-camera/phone-camera.ts';
import type { Rehearsal } from '../rehearsal/rehearsal.ts';
import type { TelegramApp } from '../telegram/app.ts';
import { type AssetsOnceBuilt, assetsOnceBuilt } from './assets.ts';
import { contentSecurityPolicy, pageDocument } from './document.ts';
import { doorApp } from './door.ts';
import type { ChatMode } from './mode.ts';
import { phoneInvitationApp } from './phone.ts';
import { rehearsalApp } from './rehearsal.ts';
import type { SeenFrames } from './seen-frames.ts';
import { type SongsAloud, songsAloudApp } from './songs-aloud.ts';

/** What the page shows and where it gets it from. */
export interface PageOptions {
  readonly camera: Camera;
  /** What the recognition saw, frame by frame. */
  readonly seenFrames: SeenFrames;
  /** Asked anew at each load, because the start code may be used up by then. */
  readonly mode: () => ChatMode | Promise<ChatMode>;
  /** The browser's code, if others are given it too. */
  readonly assets?: AssetsOnceBuilt;
  /** The songs of those who arrive, to be played at the page; none where it is not given. */
  readonly songsAloud?: SongsAloud;
  /** The chat's interface, mounted at `/telegram`; none where the chat is in the real Telegram. */
  readonly telegram?: TelegramApp['app'];
  /** *Show me*; none where it cannot be shown. */
  readonly rehearsal?: Rehearsal;
  /** Lets a phone be the camera; none where this machine is for no network. */
  readonly phone?: Pick<PhoneCamera, 'invite'>;
}

/** The page and all that it needs from this machine, as one app for one port. */
export async function pageApp(options: PageOptions): Promise<Hono> {
  const { camera, seenFrames, mode, telegram, songsAloud, rehearsal, phone } = options;
  const { assets = assetsOnceBuilt() } = options;
  const policy = contentSecurityPolicy(await songsAloud?.services.addresses.origin());
  const app = new Hono();
  app.use(loopbackOnly, secured);
  // The chat's interface guards itself: bots call it too.
  app.use('/door/*', ownPageOnly);
  app.use('/rehearsal/*', ownPageOnly);

  app.get('/', async (c) => {
    c.header('content-security-policy', policy);
    c.header('permissions-policy', 'camera=(self)');
    c.header('cache-control', 'no-cache');
    return c.html(pageDocument(await assets()));
  });
  app.get('/assets/*', async (c) => {
    const { phone: _page, phoneStyle: _style, ...own } = await assets();
    const asset = Object.values(own).find(({ path }) => path === c.req.path);
    if (!asset) return c.notFound();
    c.header('content-type', asset.type);
    c.header('cache-control', 'no-cache');
    return c.body(asset.content);
  });
  app.get('/mode', async (c) => c.json({ ...(await mode()), ...(rehearsal && { rehearsal: true }) }));
  app.route('/door', doorApp(camera, seenFrames));
  app.route('/door', phoneInvitationApp(phone));
  if (songsAloud) app.route('/door', songsAloudApp(songsAloud));
  if (rehearsal) app.route('/rehearsal', rehearsalApp(rehearsal));
  if (telegram) app.route('/telegram', telegram);
  return app;
}

const secured: MiddlewareHandler = async (c, next) => {
  await next();
  c.header('x-content-type-options', 'nosniff');
  c.header('referrer-policy', 'no-referrer');
  // No other site's page may show the camera's pictures as its own.
  c.header('cross-origin-resource-policy', 'same-origin');
};
