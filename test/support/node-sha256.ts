import { createHash, createHmac } from 'node:crypto';
import type { putMediaRequest } from '../../producer/video/put-media-request.ts';

/** SHA-256, plain or with a key, in the shape that the SDK hands around. */
class Sha256 {
  readonly #hash: { update(data: Uint8Array | string): unknown; digest(): Buffer };

  constructor(secret?: Uint8Array | string) {
    this.#hash = secret === undefined ? createHash('sha256') : createHmac('sha256', secret);
  }

  update(data: Uint8Array | string): void {
    this.#hash.update(data);
  }

  async digest(): Promise<Uint8Array> {
    return this.#hash.digest();
  }
}

export const nodeSha256 = Sha256 as unknown as Parameters<typeof putMediaRequest>[0]['sha256'];
