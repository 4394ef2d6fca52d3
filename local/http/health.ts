import { Hono } from 'hono';
import { loopbackOnly } from './loopback.ts';

/** Nothing is served yet but the word that it soon will be. */
export function starting(): Hono {
  const app = new Hono();
  app.use(loopbackOnly);
  app.all('*', (c) => c.json({ status: 'starting' }, 503, { 'retry-after': '1' }));
  return app;
}

/** `GET /healthz` for programs: 200 once everything runs. @param aws the address of AWS on this machine */
export function withHealth(page: Hono, status: 'starting' | 'ready', aws: string): Hono {
  const app = new Hono();
  app.get('/healthz', loopbackOnly, (c) => c.json({ status, aws }, status === 'ready' ? 200 : 503));
  app.route('/', page);
  return app;
}
