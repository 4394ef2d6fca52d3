import { randomUUID } from 'node:crypto';
import { mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { open, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { flushFolder } from '../../disk/atomic-file.ts';
import { damageText, type Mirrored, type OpenOptions, tellOnStderr } from '../../disk/damage.ts';
import { setAside } from '../../disk/set-aside.ts';
import { cheapCopy } from './cheap-copy.ts';
import { fileNameOf, isIntact, isObjectFile, type ObjectInfo, readObjectInfo } from './object-file.ts';

const unfinished = '.new';

/** An object whose file and copy are both damaged or gone. */
export interface LostObject {
  readonly file: string;
  /** Undefined when not even that can be read. */
  readonly key: string | undefined;
  /** Where the damaged file is kept; undefined when there was none. */
  readonly aside: string | undefined;
}

/** How the files of objects are opened. */
export interface ObjectFileOptions extends OpenOptions {
  /** Told of each object that is lost; what is said of damage when not given. */
  readonly onObjectLost?: ((lost: LostObject) => void) | undefined;
}

/** The files of a bucket's objects, and their copies. */
export class ObjectFiles {
  readonly #place: Mirrored;
  readonly #tell: NonNullable<OpenOptions['onDamage']>;
  readonly #onLost: (lost: LostObject) => void;
  /** Copies are made and removed one after another, so that none is older than its file. */
  #copying: Promise<unknown> = Promise.resolve();

  /** @param place the folder of the files, and that of their copies; both are made if need be */
  constructor(place: Mirrored, { onDamage = tellOnStderr, onObjectLost }: ObjectFileOptions) {
    this.#place = place;
    this.#tell = onDamage;
    this.#onLost =
      onObjectLost ?? (({ file, key, aside }) => onDamage(damageText.objectLost(file, key, aside)));
    for (const folder of [place.path, place.mirror]) mkdirSync(folder, { recursive: true });
  }

  /** What is known of all objects. A file that is cut short or gone is put back from its copy, if that is whole. */
  async open(): Promise<ObjectInfo[]> {
    const names = new Set<string>();
    for (const folder of [this.#place.path, this.#place.mirror]) {
      for (const name of readdirSync(folder)) {
        if (isObjectFile(name)) names.add(name);
        else if (name.endsWith(unfinished)) rmSync(join(folder, name), { recursive: true, force: true });
      }
    }
    const infos: ObjectInfo[] = [];
    for (const name of names) {
      const info = readObjectInfo(this.#own(name), name) ?? (await this.#putBack(name));
      if (info) infos.push(info);
    }
    return infos;
  }

  /** Where an object's bytes are. */
  path(key: string): string {
    return this.#own(fileNameOf(key));
  }

  /**
   * Writes a file, whole or not at all, flushed to the medium.
   *
   * @param written called when it is there, before anything else can happen; it must not throw
   * @param allowed called right before; when it throws, nothing is written
   */
  async write(key: string, content: Buffer, allowed: () => void, written: () => void): Promise<void> {
    const path = this.path(key);
    const fresh = `${path}.${randomUUID()}${unfinished}`;
    try {
      const file = await open(fresh, 'w');
      try {
        await file.writeFile(content);
        await file.sync();
      } finally {
        await file.close();
      }
      allowed();
      renameOver(fresh, path);
      written();
    } catch (error) {
      await rm(fresh, { force: true });
      throw error;
    }
    flushFolder(this.#place.path);
    // Without room for a copy, the object is there all the same; the next look at all of them makes it.
    await this.#next(() => this.#copy(fileNameOf(key))).catch(() => {});
  }

  /** Removes a file and its copy. @param isWanted asked when its turn has come: it may have been written again */
  async delete(key: string, isWanted: () => boolean): Promise<void> {
    await this.#next(async () => {
      if (isWanted()) return;
      // The copy first: otherwise the end of the process between the two would bring the object back.
      rmSync(this.#mirror(fileNameOf(key)), { recursive: true, force: true });
      rmSync(this.path(key), { recursive: true, force: true });
    });
  }

  /**
   * Looks at every byte of an object and of its copy, and puts right what is damaged as far as the other is whole.
   *
   * @param isStill asked when its turn has come: whether it is still the object that was to be looked at
   * @returns what is known of it now; undefined when it is lost
   */
  check(key: string, isStill: () => boolean): Promise<ObjectInfo | 'changed' | undefined> {
    return this.#next(async () => {
      if (!isStill()) return 'changed';
      const name = fileNameOf(key);
      if (!(await isIntact(this.#own(name), name))) return await this.#putBack(name);
      if (!(await isIntact(this.#mirror(name), name))) await this.#copy(name);
      return readObjectInfo(this.#own(name), name);
    });
  }

  async #putBack(name: string): Promise<ObjectInfo | undefined> {
    const [own, mirror] = [this.#own(name), this.#mirror(name)];
    const isWhole = await isIntact(mirror, name);
    const { key } = readObjectInfo(own, name) ?? readObjectInfo(mirror, name) ?? {};
    const aside = setAside(own);
    if (!isWhole) {
      setAside(mirror);
      this.#onLost({ file: own, key, aside });
      return undefined;
    }
    await cheapCopy(mirror, own);
    this.#tell(damageText.restored(own, aside));
    return readObjectInfo(own, name);
  }

  async #copy(name: string): Promise<void> {
    const mirror = this.#mirror(name);
    setAside(mirror, { onlyFolders: true });
    await cheapCopy(this.#own(name), mirror);
  }

  #next<Result>(work: () => Promise<Result>): Promise<Result> {
    const done = this.#copying.then(work);
    this.#copying = done.catch(() => {});
    return done;
  }

  #own(name: string): string {
    return join(this.#place.path, name);
  }

  #mirror(name: string): string {
    return join(this.#place.mirror, name);
  }
}

/** A folder in the file's place is set aside. Both steps at once, for nothing may come between. */
function renameOver(from: string, to: string): void {
  try {
    renameSync(from, to);
  } catch (error) {
    if (!setAside(to, { onlyFolders: true })) throw error;
    renameSync(from, to);
  }
}
