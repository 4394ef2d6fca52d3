/** A tenth of a second of silence, as a WAV file: a browser that plays it plays songs, too. */
const silence = `data:audio/wav;base64,${btoa(
  `RIFF${little(36 + 800)}WAVEfmt ${little(16)}\x01\0\x01\0${little(8000)}${little(8000)}\x01\0\x08\0data${little(800)}${'\x80'.repeat(800)}`,
)}`;

function little(number: number): string {
  return String.fromCharCode(number & 255, (number >> 8) & 255, (number >> 16) & 255, (number >> 24) & 255);
}

/** What became of an attempt to play. */
export type Played =
  | 'plays'
  /** The browser plays nothing before somebody has touched the page. */
  | 'needs a tap'
  /** The song cannot be got or decoded, or another was begun meanwhile. */
  | 'failed';

/** One audio element for all songs: on iOS a tap allows one element to play, and not the next. */
export class Player {
  readonly #audio: HTMLAudioElement;
  #volume = 1;
  #fade = 1;

  constructor(audio: HTMLAudioElement) {
    this.#audio = audio;
  }

  /** Whether songs can be heard; to be asked in the handler of a tap, or to find out whether one is needed. */
  async unlock(): Promise<boolean> {
    return (await this.play(silence)) === 'plays';
  }

  async play(address: string): Promise<Played> {
    this.fade(1);
    this.#audio.src = address;
    try {
      await this.#audio.play();
      return 'plays';
    } catch (error) {
      return (error as DOMException).name === 'NotAllowedError' ? 'needs a tap' : 'failed';
    }
  }

  stop(): void {
    this.#audio.pause();
  }

  /** @param volume 0 to 1; iOS leaves that to the device's own buttons */
  set volume(volume: number) {
    this.#volume = volume;
    this.#apply();
  }

  /** How much of the volume is heard, 0 to 1. */
  fade(part: number): void {
    this.#fade = part;
    this.#apply();
  }

  #apply(): void {
    this.#audio.volume = this.#volume * this.#fade;
  }
}
