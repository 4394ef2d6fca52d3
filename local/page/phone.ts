import { Hono } from 'hono';
import { NoNetworkError } from '../door-screen/lan-address.ts';
import type { PhoneCamera } from '../phone-camera/phone-camera.ts';

const onlyWithLan =
  'A phone can be the camera when your network may reach me: stop me, start me with npm start -- --lan, and come back here.';

/**
 * `POST /phone` → PhoneInvitation: a link by which a phone becomes the camera. Where that cannot be, it answers 409 as
 * `{error}`, a sentence for people.
 *
 * @param phone undefined where this machine is for no network
 */
export function phoneInvitationApp(phone: Pick<PhoneCamera, 'invite'> | undefined): Hono {
  const app = new Hono();
  app.post('/phone', async (c) => {
    if (!phone) return c.json({ error: onlyWithLan }, 409);
    c.header('cache-control', 'no-store');
    return c.json(await phone.invite());
  });
  app.onError((error, c) => {
    if (error instanceof NoNetworkError) return c.json({ error: error.message }, 409);
    throw error;
  });
  return app;
}
