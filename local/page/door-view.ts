import { Broadcast } from '../camera/broadcast.ts';
import type { Camera } from '../camera/camera.ts';
import type { CameraPicture } from '../camera/retained.ts';
import type { DoorFrame, DoorState, FaceKind, SeenFace, SeenFrame } from './door-frame.ts';
import type { SeenFrames } from './seen-frames.ts';

/** The recognition counts as on for so long after the last frame it looked at, in milliseconds. */
const recognitionSpan = 3_000;
/** One that is too slow looks seldom; and looks of the page's own would make it slower still. Milliseconds. */
const slowSpan = 12_000;
/** A record's time went through seconds as a floating-point number: it may be a little off its frame's. */
const timeTolerance = 20;

/**
 * What the page shows of the door: only frames that were looked at, so that boxes and picture always belong together.
 * In a party the recognition has done that; else the newest picture is looked at here, one after the other, as long as
 * somebody watches.
 */
export class DoorView {
  readonly frames = new Broadcast<DoorFrame>();
  readonly states = new Broadcast<DoorState>();
  readonly #camera: Camera;
  #look: SeenFrames['look'];
  #watching = 0;
  #isLooking = false;
  #lastSeen = Number.NEGATIVE_INFINITY;
  #isTooSlow = false;
  readonly #isPartyOn: SeenFrames['isPartyOn'];
  #party = false;

  constructor(camera: Camera, seenFrames: SeenFrames) {
    this.#camera = camera;
    camera.watch(() => this.states.publish(this.state));
    camera.watchPictures((picture) => {
      if (this.recognition === 'off' && this.#watching > 0) this.#idle(picture);
    });
    this.#look = seenFrames.look;
    this.#isPartyOn = seenFrames.isPartyOn;
    seenFrames.watch((seen) => this.#show(seen));
  }

  get recognition(): 'on' | 'off' {
    const span = this.#isTooSlow ? slowSpan : recognitionSpan;
    return performance.now() - this.#lastSeen < span ? 'on' : 'off';
  }

  get state(): DoorState {
    const { recognition } = this;
    const isTooSlow = this.#isTooSlow && recognition === 'on';
    const party = this.#party || recognition === 'on';
    return { camera: this.#camera.state, recognition, party, ...(isTooSlow && { isTooSlow }) };
  }

  /** The state, with whether a party is on as it is now. */
  async newState(): Promise<DoorState> {
    // Where that cannot be read, as while the program ends, it is as it was.
    this.#party = (await this.#isPartyOn?.().catch(() => this.#party)) ?? false;
    return this.state;
  }

  /** Somebody watches from now on. @returns how to stop it */
  watched(): () => void {
    this.#watching += 1;
    return () => {
      this.#watching -= 1;
    };
  }

  async #idle(picture: CameraPicture): Promise<void> {
    if (!this.#look) return this.frames.publish(this.#frame(picture, []));
    if (this.#isLooking) return;
    this.#isLooking = true;
    // A picture that could not be looked at is shown all the same.
    const faces = await this.#look(picture).then(
      (seen) => seen.faces,
      () => [],
    );
    this.#isLooking = false;
    if (this.recognition === 'off') this.frames.publish(this.#frame(picture, faces));
  }

  async #show({ time, faces, isTooSlow }: SeenFrame): Promise<void> {
    this.#lastSeen = performance.now();
    const isNews = this.#isTooSlow !== (isTooSlow ?? false);
    this.#isTooSlow = isTooSlow ?? false;
    if (isNews) this.states.publish(this.state);
    const near = await this.#camera.pictures(time - timeTolerance, time + timeTolerance);
    const distance = (picture: CameraPicture) => Math.abs(picture.time - time);
    const [picture] = near.sort((one, other) => distance(one) - distance(other));
    if (picture) this.frames.publish(this.#frame(picture, faces));
  }

  #frame({ time, width, height }: CameraPicture, faces: readonly SeenFace[]): DoorFrame {
    const shown = faces.map((face) => ({ ...face, kind: kindOf(face) }));
    return { time, width, height, faces: shown, recognition: this.recognition };
  }
}

function kindOf(face: SeenFace): FaceKind {
  if (face.name !== undefined) return 'known';
  return face.unusable === undefined ? 'unknown' : 'unusable';
}
