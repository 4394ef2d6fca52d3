import { randomBytes } from 'node:crypto';
import { createServer } from 'node:https';
import { createAdaptorServer } from '@hono/node-server';
import { renderSVG } from 'uqr';
import { sameSecret } from '../../bot/same-secret.ts';
import type { Camera } from '../camera/camera.ts';
import { lanAddress } from '../door-screen/lan-address.ts';
import { onFreePort } from '../http/free-port.ts';
import { httpLimits } from '../http/limits.ts';
import { listenAt } from '../http/listen.ts';
import type { AssetsOnceBuilt } from '../page/assets.ts';
import { ownCertificate } from './certificate.ts';
import { phoneApp } from './phone-app.ts';

/** A link by which a phone becomes the camera. */
export interface PhoneInvitation {
  readonly url: string;
  /** The link as a QR code, an SVG. */
  readonly qr: string;
}

/** What it takes to let a phone be the camera. */
export interface PhoneCameraParts {
  readonly camera: Pick<Camera, 'choose' | 'receive'>;
  readonly assets: AssetsOnceBuilt;
  /** This machine's address in the network; found when not given. */
  readonly address?: string;
  /** The port to begin at. */
  readonly port?: number;
}

const usualPort = 8443;

/** Lets a phone in the network be the camera, by a link. No port is open before somebody asks for one. */
export class PhoneCamera {
  readonly #parts: PhoneCameraParts;
  #secret: string | undefined;
  #server: Promise<{ origin: string; close(): Promise<void> }> | undefined;

  constructor(parts: PhoneCameraParts) {
    this.#parts = parts;
  }

  /**
   * Makes a link; the one before works no more. The camera is then what comes by it.
   *
   * @throws NoNetworkError
   */
  async invite(): Promise<PhoneInvitation> {
    this.#server ??= this.#open();
    const { origin } = await this.#server.catch((error: unknown) => {
      this.#server = undefined;
      throw error;
    });
    this.#secret = randomBytes(32).toString('base64url');
    await this.#parts.camera.choose('webcam', { phone: true });
    const url = `${origin}/${this.#secret}/`;
    return { url, qr: renderSVG(url, { border: 2 }) };
  }

  /** Takes the link back, and closes the port. */
  async close(): Promise<void> {
    this.#secret = undefined;
    await (await this.#server?.catch(() => undefined))?.close();
  }

  async #open() {
    const { camera, assets, address = lanAddress(), port: number = usualPort } = this.#parts;
    let origin = '';
    const app = phoneApp({
      camera,
      assets,
      origin: () => origin,
      isLet: (secret) => this.#secret !== undefined && sameSecret(secret, this.#secret),
    });
    const { server, port } = await onFreePort({ number, asked: false }, async (wanted) => {
      const made = createAdaptorServer({
        fetch: app.fetch,
        createServer,
        serverOptions: { ...ownCertificate(address), ...httpLimits },
      });
      return { server: made, port: await listenAt(made as never, address, wanted) };
    });
    origin = `https://${address}:${port}`;
    return {
      origin,
      async close() {
        const closed = new Promise((resolve) => server.close(resolve));
        if ('closeAllConnections' in server) server.closeAllConnections();
        await closed;
      },
    };
  }
}
