import { tileOf } from './detector-square.ts';
import type { Box, Face, JpegPicture } from './face.ts';
import type { KnownFace } from './look.ts';
import { glance } from './picture.ts';
import type { Recognizer } from './recognizer.ts';
import type { Evidence } from './similarity.ts';
import { evidenceOf, type Template, withLook } from './template.ts';
import { TilePlan } from './tile-plan.ts';
import { type TrackedFace, Tracker } from './tracker.ts';
import { unusable } from './usable.ts';

/** A template of so many looks is settled: another look changes little. */
const settledLooks = 8;

/** A settled face is described again after this time, lest somebody else has taken its place unseen: milliseconds. */
const settledFor = 1000;

/** A face narrower than this is seen better in a tile; and one narrower than the other figure nowhere else: pixels. */
const [smallWidth, tinyWidth] = [80, 50];

/**
 * A tile is looked at so often at most, for a picture without one takes a third less time: milliseconds. Whoever is far
 * away stays in the picture for longer than that.
 */
const tilePace = 80;

/** A face that is followed, and how much of the person was seen. */
export interface WatchedFace extends TrackedFace {
  readonly seen: Evidence;
  /** What this picture alone says of the face; undefined when it was not described in it. */
  readonly alone: Float32Array | undefined;
}

/** What a camera's pictures are looked at with. */
export type Looking = Pick<Recognizer, 'find' | 'prepare'>;

/** A picture that will be looked at next, and what is seen of it at a glance if that will be asked. */
interface Prepared {
  readonly picture: JpegPicture;
  readonly seen: Promise<Uint8Array> | undefined;
}

interface Followed {
  box: Box;
  template: Template | undefined;
  seen: number;
  described: number;
}

/** After this time a person who was not seen is forgotten here; a tracker gives another track then. Milliseconds. */
const forgottenAfter = 5000;

/**
 * Follows the people in one camera's pictures. It looks where a detector may miss a face: every other picture a little
 * shifted, and beside the whole of each picture closely at a part of it. What the looks at one person say is pooled, and
 * a face that has been looked at often is not described in every picture.
 */
export class Watch {
  readonly #recognizer: Looking;
  readonly #describesAll: () => boolean;
  readonly #tracker = new Tracker();
  readonly #tiles = new TilePlan();
  readonly #followed = new Map<number, Followed>();
  #shifted = false;
  /** When the last picture was taken, and by a clock of its own that is never set back: milliseconds. */
  #last: number | undefined;
  #now = 0;
  #nextTile = 0;
  #prepared: Prepared | undefined;

  /**
   * @param describesAll whether each face is described in the next picture, though it is settled: for who asks what a
   *   picture alone says of it
   */
  constructor(recognizer: Looking, describesAll: () => boolean = () => false) {
    this.#recognizer = recognizer;
    this.#describesAll = describesAll;
  }

  /**
   * Begins with the camera's next picture, of which nothing depends on the look before: so that may still be under way.
   *
   * @param taken as {@link look} will be told
   */
  prepare(picture: JpegPicture, taken: number): void {
    this.#recognizer.prepare?.(picture);
    const isGlanced = tileOf(picture) && (this.#timeOf(taken) >= this.#nextTile || isUrgent(this.#small()));
    const seen = isGlanced ? glance(picture) : undefined;
    // Whoever asks for it is told.
    seen?.catch(() => {});
    this.#prepared = { picture, seen };
  }

  /**
   * The faces in the camera's next picture, largest first; to be called for one picture after another. The descriptor of
   * a person's face is the mean of all looks in which the face counts.
   *
   * @param taken when the picture was, milliseconds by any clock; while it is set back, no time passes
   * @param nearlyDone called when it is time to {@link prepare} the next picture, if there is one
   * @throws {RecognizerError} as the recognizer does; the next picture is looked at all the same
   */
  async look(picture: JpegPicture, taken: number, nearlyDone?: () => void): Promise<WatchedFace[]> {
    const { seen } = this.#begun(picture, taken);
    this.#now = this.#timeOf(taken);
    this.#last = taken;
    const time = this.#now;
    this.#shifted = !this.#shifted;
    const small = this.#small();
    const urgent = isUrgent(small);
    const tile =
      urgent || time >= this.#nextTile ? await this.#tile(picture, seen, small, urgent) : undefined;
    const known = this.#known(time);
    const look = { shifted: this.#shifted, known, ...(tile && { tile }) };
    const faces = await this.#recognizer.find(picture, 'live', look, nearlyDone);
    const isNew = ({ descriptor }: Face) => known.every((face) => !isSame(face.descriptor, descriptor));
    const watched = this.#tracker.update(faces, time).map(({ track, face }) => {
      const followed = this.#followed.get(track) ?? {
        box: face.box,
        template: undefined,
        seen: time,
        described: 0,
      };
      this.#followed.set(track, followed);
      followed.box = face.box;
      followed.seen = time;
      const alone = isNew(face) ? face.descriptor : undefined;
      if (alone) {
        followed.described = time;
        if (!unusable(face, 'live')) followed.template = withLook(followed.template, face, time);
      }
      return { track, alone, ...withTemplate(face, followed.template) };
    });
    this.#forget(time);
    return watched;
  }

  /** What was begun with a picture, or is now. */
  #begun(picture: JpegPicture, taken: number): Prepared {
    if (this.#prepared?.picture !== picture) this.prepare(picture, taken);
    const prepared = this.#prepared!;
    this.#prepared = undefined;
    return prepared;
  }

  async #tile(
    picture: JpegPicture,
    seen: Prepared['seen'],
    small: readonly Followed[],
    urgent: boolean,
  ): Promise<Box | undefined> {
    if (!tileOf(picture)) return undefined;
    this.#nextTile = this.#now + tilePace;
    const boxes = small.map(({ box }) => box);
    return this.#tiles.next(picture, await (seen ?? glance(picture)), boxes, urgent);
  }

  /** When a picture was taken by the clock that is never set back. */
  #timeOf(taken: number): number {
    return this.#now + Math.max(0, taken - (this.#last ?? taken));
  }

  /** The small faces that are followed: first those of which too little was seen, and the one seen longest ago. */
  #small(): Followed[] {
    return [...this.#followed.values()]
      .filter(({ box }) => box.width < smallWidth)
      .sort((a, b) => Number(isSettled(a)) - Number(isSettled(b)) || a.seen - b.seen);
  }

  #known(time: number): KnownFace[] {
    if (this.#describesAll()) return [];
    return [...this.#followed.values()].flatMap((followed) => {
      const { box, template, described } = followed;
      const isKnown = template && isSettled(followed) && time - described < settledFor;
      return isKnown ? [{ box, descriptor: template.descriptor }] : [];
    });
  }

  #forget(time: number): void {
    for (const [track, { seen }] of this.#followed) {
      if (time - seen > forgottenAfter) this.#followed.delete(track);
    }
  }
}

/** Whether somebody waits for looks at a face that is hardly seen otherwise. */
const isUrgent = (small: readonly Followed[]): boolean =>
  small.some((followed) => followed.box.width < tinyWidth && !isSettled(followed));

const isSettled = ({ template }: Followed): boolean =>
  template !== undefined && template.looks >= settledLooks;

/** A face as all looks at it say. */
function withTemplate(face: Face, template: Template | undefined): Pick<WatchedFace, 'face' | 'seen'> {
  if (!template) return { face, seen: { looks: 1, span: 0, width: face.box.width } };
  return { face: { ...face, descriptor: template.descriptor }, seen: evidenceOf(template) };
}

/** Descriptors that went through another process are copies. */
function isSame(a: Float32Array, b: Float32Array): boolean {
  return a.every((value, i) => value === b[i]);
}
