import { setTimeout as delay } from 'node:timers/promises';
import { type Clock, second } from '../../party/clock.ts';
import { sightingRules } from '../../party/recognition/rules.ts';
import type { Wish } from '../../party/recognition/wish.ts';
import type { FaceSearchRecordJson } from '../../party/record/record.ts';
import type { Face } from '../../vision/face.ts';
import type { Frame } from '../camera/frame.ts';
import { detectedFace } from './face-detail.ts';
import type { Searched } from './face-search.ts';
import { faceSearchRecord } from './face-search-record.ts';
import { SearchPlan, type SeenFace } from './search-plan.ts';
import { StillTracks } from './still-tracks.ts';

/** What the faces of frames are searched with. */
export interface FrameSearchParts {
  /** Searches one face of a frame; undefined when the search gave no answer. */
  readonly search: (frame: Frame, face: Face, others: readonly Face[]) => Promise<Searched | undefined>;
  /** Whether a search makes sense now. */
  readonly canSearch: () => boolean;
  readonly putRecord: (record: FaceSearchRecordJson) => void;
  /** How many records have been lost by the time that records got through again: whom they told of is searched again. */
  readonly recordsLost: () => number;
  readonly putPicture: (frame: Frame) => void;
  /** Whether somebody invited is easily taken for somebody else, and when the party began, as the wish says now. */
  readonly wished: () => Pick<Wish, 'isCareful' | 'partyStartedAt'>;
  readonly streamArn: string;
  /** AWS's time, milliseconds since 1970. */
  readonly now: Clock;
}

/** So many searches are under way at once; Rekognition takes 5 a second in most Regions (Rekognition quotas). */
const mostSearches = 4;

/**
 * The chat writes down the party when the producer has answered the wish, so somebody who stands there already would be
 * named too early and count for nothing. It may take longer: then the wish says so. Milliseconds.
 */
const untilThePartyIsOn = 2 * second;

/** At the end, searches that are under way may still be answered for so long: milliseconds. */
const lastAnswers = second;

/** A record says that the door is watched, though nobody is there: every so often, milliseconds. */
const proofEvery = 2.5 * second;

/** Searches the faces of frame after frame, as the plan says, and tells of them in records. */
export class FrameSearch {
  readonly #parts: FrameSearchParts;
  readonly #searchFrom: number;
  readonly #plan: SearchPlan;
  readonly #still = new StillTracks();
  readonly #underway = new Set<Promise<void>>();
  #searching = 0;
  #calls = 0;
  #proved = 0;
  #recordsLost = 0;
  /** The time of the first frame whose faces were searched. */
  #firstSearched: number | undefined;
  #partyStartedAt: number | undefined;

  /** To be made when the party begins: searching starts a moment later. */
  constructor(parts: FrameSearchParts) {
    this.#parts = parts;
    this.#plan = new SearchPlan(sightingRules.images, () => parts.wished().isCareful === true);
    this.#searchFrom = parts.now() + untilThePartyIsOn;
  }

  /** Searches that were answered. */
  get calls(): number {
    return this.#calls;
  }

  /** Whether somebody is in the picture whose searches are not over, or who is still to be told of. */
  isCurious(time: number): boolean {
    return this.#plan.isCurious(time);
  }

  /** Whether somebody is in the picture whose searches are not over. */
  isSearching(time: number): boolean {
    return this.#plan.isSearching(time);
  }

  /**
   * Takes the next frame; what its searches give is told of later.
   *
   * @param faces all that were found in it
   */
  take(frame: Frame, faces: readonly SeenFace[]): void {
    const { time } = frame;
    this.#forgetIfRecordsWereLost();
    this.#forgetIfThePartyBeganLater();
    const moving = this.#still.moving(faces, time);
    const chosen = this.#choose(moving, time);
    const told = this.#mayTell(time) ? this.#plan.tellOf(moving, time) : [];
    if (chosen.length > 0) this.#firstSearched ??= time;
    if (chosen.length + told.length > 0) {
      this.#proved = time;
      const searching = this.#search(frame, faces, chosen, told).finally(() => {
        this.#underway.delete(searching);
      });
      this.#underway.add(searching);
    } else if (time - this.#proved >= proofEvery) {
      this.#proved = time;
      this.#putRecord(time, []);
    }
  }

  /** Settles when no search is under way, or after a while. */
  async finish(): Promise<void> {
    await Promise.race([Promise.all(this.#underway), delay(lastAnswers, undefined, { ref: false })]);
  }

  /** A guest who stands there since was named in a record that nobody got. */
  #forgetIfRecordsWereLost(): void {
    const lost = this.#parts.recordsLost();
    if (lost > this.#recordsLost) this.#plan.forget();
    this.#recordsLost = lost;
  }

  /** Whoever stands there was named before the party was written down, which counts for none (`party-of-frame.ts`). */
  #forgetIfThePartyBeganLater(): void {
    const { partyStartedAt } = this.#parts.wished();
    if (partyStartedAt === this.#partyStartedAt) return;
    this.#partyStartedAt = partyStartedAt;
    if (partyStartedAt === undefined || this.#firstSearched === undefined) return;
    if (this.#firstSearched <= partyStartedAt) this.#plan.forget();
  }

  #choose(faces: readonly SeenFace[], time: number): SeenFace[] {
    if (!this.#mayTell(time) || !this.#parts.canSearch()) return [];
    return this.#plan.choose(faces, time, mostSearches - this.#searching);
  }

  #mayTell(time: number): boolean {
    return time >= this.#searchFrom;
  }

  /** @param told of which the last searches found nobody, and that are not searched again. Never throws. */
  async #search(
    frame: Frame,
    faces: readonly SeenFace[],
    chosen: readonly SeenFace[],
    told: readonly SeenFace[],
  ): Promise<void> {
    const answers = await Promise.all(
      chosen.map(async ({ track, face }) => {
        const others = faces.filter((other) => other.track !== track).map((other) => other.face);
        this.#searching += 1;
        const searched = await this.#parts.search(frame, face, others);
        this.#searching -= 1;
        if (!searched) {
          this.#plan.failed(track);
          return [];
        }
        this.#calls += 1;
        const matches = searched.matches.map(({ Similarity, Face: { FaceId } }) => ({
          faceId: FaceId,
          similarity: Similarity,
        }));
        this.#plan.answered(track, frame.time, matches);
        return [{ DetectedFace: detectedFace(face, frame.picture), MatchedFaces: searched.matches }];
      }),
    );
    const known = told.map(({ face }) => ({
      DetectedFace: detectedFace(face, frame.picture),
      MatchedFaces: [],
    }));
    const response = [...answers.flat(), ...known];
    // First the record: a guest waits for it, and nobody for the picture.
    this.#putRecord(frame.time, response);
    if (response.length > 0) this.#parts.putPicture(frame);
  }

  #putRecord(time: number, FaceSearchResponse: FaceSearchRecordJson['FaceSearchResponse']): void {
    const { putRecord, streamArn } = this.#parts;
    putRecord(faceSearchRecord(streamArn, time, FaceSearchResponse));
  }
}
