import { Hono } from 'hono';
import { readAsked } from '../../lambdas/door-screen/asked.ts';
import type { ScreenState } from '../../party/door-screen/told.ts';
import { type WatchServices, watchArrivals } from '../../party/door-screen/watch-arrivals.ts';
import type { PresignedAddresses } from '../../party/stores/presigned.ts';

/** What songs are played from: as the door screen's, on the page. */
export interface SongsAloud {
  readonly services: Omit<WatchServices, 'addresses'> & { readonly addresses: PresignedAddresses };
  /** Nobody is kept waiting once the program ends. */
  readonly ending: AbortSignal;
}

/** `GET /arrivals?on=1&known=id,id` → ScreenState, held until somebody arrives; as the door screen asks it. */
export function songsAloudApp({ services, ending }: SongsAloud): Hono {
  const app = new Hono();
  app.get('/arrivals', async (c) => {
    const told = await watchArrivals(services, readAsked(c.req.query()), ending);
    const state: ScreenState = { title: '', ...told };
    c.header('cache-control', 'no-store');
    return c.json(state);
  });
  return app;
}
