import { randomBytes } from 'node:crypto';
import { rmSync, statSync } from 'node:fs';
import { mkdir, rename, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { badRequest } from '../errors.ts';
import type { Change, Journal, Table } from './journal.ts';
import type { Content } from './messages.ts';
import { removeUnknownFiles } from './unknown-files.ts';

/** What a file was sent as; a file_id is good for this kind only. */
export type FileKind = 'photo' | 'audio' | 'document' | 'video' | 'voice' | 'thumbnail';

/** The members of a message that show a file. */
export type Media = Pick<Content, 'photo' | 'audio' | 'document' | 'video' | 'voice'>;

/** A file's identity and place. */
export interface FileRef {
  readonly file_id: string;
  readonly file_unique_id: string;
  /** Below the files' folder, with forward slashes; the `file_path` of getFile. */
  readonly path: string;
  readonly file_size: number;
}

/** A file as it is kept. */
export interface StoredFile extends FileRef {
  readonly kind: FileKind;
  /** The bot that the file_id belongs to. */
  readonly bot: number;
  readonly mime_type: string;
  readonly file_name?: string;
  /** What a message shows when the file_id is sent again. */
  readonly media: Media;
}

const folders: Readonly<Record<FileKind, string>> = {
  photo: 'photos',
  audio: 'music',
  document: 'documents',
  video: 'videos',
  voice: 'voice',
  thumbnail: 'thumbnails',
};
const classNames: Readonly<Record<FileKind, string>> = {
  photo: 'Photo',
  audio: 'Audio',
  document: 'Document',
  video: 'Video',
  voice: 'VoiceNote',
  thumbnail: 'Thumbnail',
};

/** Files on disk, each known by a file_id of one bot and one kind. */
export class Files {
  readonly #journal: Journal;
  readonly #table: Table<StoredFile>;
  readonly #folder: string;
  readonly #bot: number;

  constructor(journal: Journal, folder: string, bot: number) {
    this.#journal = journal;
    this.#table = journal.table('files');
    this.#folder = folder;
    this.#bot = bot;
  }

  /** Writes the bytes; the file is known only once its row (`rows`) is committed. */
  async write(kind: FileKind, bytes: Uint8Array, extension: string): Promise<FileRef> {
    if (bytes.length === 0) throw badRequest('file must be non-empty');
    const safe = /^[a-z0-9]{1,8}$/i.test(extension) ? `.${extension.toLowerCase()}` : '';
    const path = `${folders[kind]}/file_${this.#journal.take('file', 0)}${safe}`;
    const place = this.place({ path });
    await mkdir(dirname(place), { recursive: true });
    await writeFile(`${place}.part`, bytes);
    await rename(`${place}.part`, place);
    return {
      file_id: `${classNames[kind].slice(0, 2)}AC${randomBytes(30).toString('base64url')}`,
      file_unique_id: `AQAD${randomBytes(9).toString('base64url')}`,
      path,
      file_size: bytes.length,
    };
  }

  put(file: Omit<StoredFile, 'bot'>): Change {
    return this.#table.put(file.file_id, { ...file, bot: this.#bot });
  }

  /**
   * Takes away the files that nothing shows any more, as those of a deleted message: they can no longer be sent again.
   *
   * @param shown the file_ids in all messages, profiles and waiting updates
   */
  keepOnly(shown: ReadonlySet<string>): void {
    const gone = [...this.#table.rows.values()].filter(({ file_id }) => !shown.has(file_id));
    if (gone.length === 0) return;
    this.#journal.commit(gone.map(({ file_id }) => this.#table.remove(file_id)));
    const known = this.#paths();
    for (const file of gone) if (!known.has(file.path)) rmSync(this.place(file), { force: true });
  }

  /** Removes the files that no message ever showed. @returns how many there were */
  removeUnknown(now: number): number {
    return removeUnknownFiles(this.#folder, this.#paths(), now);
  }

  #paths(): Set<string> {
    return new Set([...this.#table.rows.values()].map(({ path }) => path));
  }

  /** Where the bytes are. */
  place(file: { readonly path: string }): string {
    return join(this.#folder, ...file.path.split('/'));
  }

  /** Whether all of its bytes are there, as far as their number tells. */
  isWhole(file: FileRef): boolean {
    try {
      const found = statSync(this.place(file));
      return found.isFile() && found.size === file.file_size;
    } catch {
      return false;
    }
  }

  /** A file of any bot, as people see it. */
  find(fileId: string): StoredFile | undefined {
    return this.#table.rows.get(fileId);
  }

  /** The file of a `file_path`, for download. */
  atPath(path: string): StoredFile | undefined {
    for (const file of this.#table.rows.values()) {
      if (file.path === path && this.#isOurs(file)) return this.isWhole(file) ? file : undefined;
    }
    return undefined;
  }

  /**
   * A file of this bot's, to be sent again as a kind.
   * @throws BotApiError 400 for an unknown file_id, another bot's, or one of another kind.
   */
  again(fileId: string, kind: FileKind): StoredFile {
    const file = this.ours(fileId, 'wrong file identifier/HTTP URL specified');
    if (file.kind !== kind)
      throw badRequest(`can't use file of type ${classNames[file.kind]} as ${classNames[kind]}`);
    return file;
  }

  /** @throws BotApiError 400 with the words given, for a file_id that is not this bot's. */
  ours(fileId: string, otherwise: string): StoredFile {
    const file = this.#table.rows.get(fileId);
    if (file === undefined || !this.#isOurs(file) || !this.isWhole(file)) throw badRequest(otherwise);
    return file;
  }

  #isOurs(file: StoredFile): boolean {
    return file.bot === this.#bot;
  }
}
