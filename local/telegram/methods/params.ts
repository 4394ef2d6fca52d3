import type { Body, Upload } from '../body.ts';
import { badRequest } from '../errors.ts';

/**
 * The parameters of a method. A form sends everything as text and a JSON body sends real types; Telegram
 * takes either, so each reader here does.
 */
export class Params {
  readonly #body: Body;

  constructor(body: Body) {
    this.#body = body;
  }

  /** A text; numbers and booleans are written out. Absent, null: undefined. */
  text(name: string): string | undefined {
    const value = this.#body.fields.get(name);
    if (value === undefined || value === null) return undefined;
    if (typeof value === 'object') throw badRequest(`parameter ${name} must be a String`);
    return String(value);
  }

  /** A whole number. */
  whole(name: string): number | undefined {
    const text = this.text(name);
    if (text === undefined || text === '') return undefined;
    if (!/^-?\d{1,15}$/.test(text)) throw badRequest(`invalid ${name} specified`);
    return Number(text);
  }

  /** A truth: "true" in any case, "1" or a JSON true. */
  flag(name: string): boolean {
    return /^(true|1|yes|on)$/i.test(this.text(name) ?? '');
  }

  /** An object or a list, sent as JSON itself or as its text. */
  json(name: string): unknown {
    const value = this.#body.fields.get(name);
    if (value === undefined || value === null || value === '') return undefined;
    if (typeof value !== 'string') return value;
    try {
      return JSON.parse(value);
    } catch {
      throw badRequest(`can't parse ${name} JSON object`);
    }
  }

  /** The parameters in an object that came with these, which may name the same uploads. */
  within(object: unknown): Params {
    const fields = typeof object === 'object' && object !== null ? Object.entries(object) : [];
    return new Params({ fields: new Map(fields), files: this.#body.files });
  }

  /**
   * A file parameter: an upload under its own name or named by `attach://`, or else the text given,
   * a file_id or an address.
   */
  file(name: string): Upload | string | undefined {
    return this.attached(this.text(name)) ?? this.#body.files.get(name);
  }

  /** What a text that may be `attach://name` stands for. */
  attached(text: string | undefined): Upload | string | undefined {
    if (text === undefined || text === '') return undefined;
    if (!text.startsWith('attach://')) return text;
    const upload = this.#body.files.get(text.slice('attach://'.length));
    if (upload === undefined) throw badRequest('file must be uploaded: nothing is attached under the name');
    return upload;
  }
}
