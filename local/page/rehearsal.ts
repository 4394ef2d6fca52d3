import { Hono } from 'hono';
import type { Rehearsal } from '../rehearsal/rehearsal.ts';
import { RehearsalError } from '../rehearsal/rehearsal-error.ts';

/**
 * *Show me*, for the page, under `/rehearsal`:
 * - `GET /` → RehearsalState
 * - `POST /` begins it → RehearsalState; `POST /clear` takes away what it made → RehearsalState
 *
 * What cannot be done now is answered 409 as `{error}`, a sentence for people.
 */
export function rehearsalApp(rehearsal: Rehearsal): Hono {
  const app = new Hono();
  app.get('/', (c) => c.json(rehearsal.state));
  app.post('/', async (c) => {
    await rehearsal.begin();
    return c.json(rehearsal.state);
  });
  app.post('/clear', async (c) => {
    await rehearsal.clear();
    return c.json(rehearsal.state);
  });
  app.onError((error, c) => {
    if (error instanceof RehearsalError) return c.json({ error: error.message }, 409);
    throw error;
  });
  return app;
}
