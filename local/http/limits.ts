/** How long a server waits for whoever calls it, in milliseconds; the names are those of node's `http.createServer`. */
export interface HttpLimits {
  /** From a connection's beginning, or a request's first byte, to the end of the request's head. */
  readonly headersTimeout: number;
  /** To the end of the request's body. */
  readonly requestTimeout: number;
  /** So often node looks for those that have taken too long. */
  readonly connectionsCheckingInterval: number;
}

/**
 * For every server here. All callers are on this machine, so half a minute for a head is long; a video that is
 * uploaded may take minutes. Answers are not limited: events stream, and long polls are held open.
 */
export const httpLimits: HttpLimits = {
  headersTimeout: 30_000,
  requestTimeout: 300_000,
  connectionsCheckingInterval: 5_000,
};
