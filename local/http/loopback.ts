import type { MiddlewareHandler } from 'hono';

/** A header that a page of another site cannot send without being asked first (CORS preflight). */
export const ownHeader = 'x-musical-joy';

const loopback = new Set(['localhost', '127.0.0.1', '[::1]']);
const safeMethods = new Set(['GET', 'HEAD', 'OPTIONS']);
const refusal =
  'This address is only for programs on this machine: use http://127.0.0.1 or http://localhost.\n';

/**
 * Whether a Host header names this machine, with any port or none. A name of another site that was
 * pointed at 127.0.0.1 (DNS rebinding) still carries that site's name here.
 */
export function isLoopbackHost(host: string | undefined): boolean {
  if (host === undefined) return false;
  return loopback.has(host.toLowerCase().replace(/:\d{1,5}$/, ''));
}

/** Refuses (403) every request whose Host header is not this machine's. */
export const loopbackOnly: MiddlewareHandler = async (context, next) => {
  if (!isLoopbackHost(context.req.header('host'))) return context.text(refusal, 403);
  await next();
};

/**
 * Whether a state-changing request comes from our own page or a program: the Origin is the page's own,
 * or there is the custom header. Another site's form can send neither.
 */
export function isOwnRequest(headers: { host?: string; origin?: string; own?: string }): boolean {
  if (headers.origin !== undefined) {
    return (
      headers.host !== undefined && headers.origin.toLowerCase() === `http://${headers.host.toLowerCase()}`
    );
  }
  return headers.own !== undefined;
}

/** Refuses (403) state-changing requests that another site's page could have sent (CSRF). */
export const ownPageOnly: MiddlewareHandler = async (context, next) => {
  const host = context.req.header('host');
  const origin = context.req.header('origin');
  const own = context.req.header(ownHeader);
  const headers = {
    ...(host === undefined ? {} : { host }),
    ...(origin === undefined ? {} : { origin }),
    ...(own === undefined ? {} : { own }),
  };
  if (!safeMethods.has(context.req.method) && !isOwnRequest(headers)) {
    return context.text(`Refused: send the header ${ownHeader}: 1, or come from this page itself.\n`, 403);
  }
  await next();
};
