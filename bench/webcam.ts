import { setTimeout as delay } from 'node:timers/promises';
import { ownHeader } from '../local/http/loopback.ts';
import { firstMoments } from '../party/arrivals/still-faces.ts';
import { second } from '../party/clock.ts';

/** Milliseconds from one picture to the next, as the page sends them. */
const pace = 200;

/** Makes the webcam the camera, and posts its pictures as the page does: five a second, one after another. */
export class Webcam {
  readonly #page: string;
  readonly #ending = new AbortController();
  #picture: Buffer;
  #next: { posted(time: number): void } | undefined;
  #posting: Promise<void> = Promise.resolve();

  private constructor(page: string, picture: Buffer) {
    this.#page = page;
    this.#picture = picture;
  }

  /** @param page the page's address */
  static async open(page: string, picture: Buffer): Promise<Webcam> {
    const webcam = new Webcam(page, picture);
    await webcam.#post('/door/camera', JSON.stringify({ source: 'webcam' }), 'application/json');
    webcam.#posting = webcam.#run();
    return webcam;
  }

  /** Shows another picture from the next one on. @returns when that is posted, by `performance.now()` */
  show(picture: Buffer): Promise<number> {
    this.#picture = picture;
    return new Promise((posted) => {
      this.#next = { posted };
    });
  }

  /** Until the door was watched for so long that whoever comes now was not there from the beginning, as a picture is. */
  async watched(): Promise<void> {
    await delay(firstMoments + second);
  }

  async close(): Promise<void> {
    this.#ending.abort();
    await this.#posting;
  }

  async #run(): Promise<void> {
    const { signal } = this.#ending;
    let due = performance.now();
    while (!signal.aborted) {
      this.#next?.posted(performance.now());
      this.#next = undefined;
      await this.#post('/door/frames', this.#picture, 'image/jpeg');
      due = Math.max(due + pace, performance.now());
      await delay(due - performance.now(), undefined, { signal }).catch(() => {});
    }
  }

  async #post(path: string, body: Buffer | string, type: string): Promise<void> {
    const answer = await fetch(`${this.#page}${path}`, {
      method: 'POST',
      headers: { [ownHeader]: '1', 'content-type': type },
      body: typeof body === 'string' ? body : new Uint8Array(body),
    });
    if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
  }
}
