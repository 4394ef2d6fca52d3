import { setTimeout as wait } from 'node:timers/promises';
import { type Clock, second } from '../party/clock.ts';
import type { Log } from '../party/log.ts';
import { sightingRules } from '../party/recognition/rules.ts';
import type { DetectedFaceJson, FaceSearchRecordJson, MatchedFaceJson } from '../party/record.ts';
import type { Face } from '../vision/face.ts';
import type { Recognizer } from '../vision/recognizer.ts';
import { type TrackedFace, Tracker } from '../vision/tracker.ts';
import { detectedFace, faceSearchRecord } from './analyze.ts';
import { CameraError } from './camera-error.ts';
import type { Frame } from './frame.ts';
import { loggable } from './json-log.ts';
import type { DoorPace } from './pace.ts';
import { problemText } from './problems.text.ts';
import type { Problems } from './problems.ts';
import { SearchPlan } from './search-plan.ts';

/** What a doorway is watched with. */
export interface DoorwayParts {
  /** Begins to watch the camera. */
  readonly open: (signal: AbortSignal) => AsyncIterable<Frame>;
  readonly pace: Pick<DoorPace, 'looked' | 'stayAwake'>;
  readonly startRecognizer: () => Promise<Recognizer>;
  /** Searches one face of a frame; undefined when the search gave no answer. */
  readonly search: (frame: Frame, face: Face, others: readonly Face[]) => Promise<Searched | undefined>;
  /** Whether a search makes sense now. */
  readonly canSearch: () => boolean;
  readonly putRecord: (record: FaceSearchRecordJson) => void;
  readonly putPicture: (frame: Frame) => void;
  readonly streamArn: string;
  readonly problems: Problems;
  readonly log: Log;
  /** AWS's time, milliseconds since 1970. */
  readonly now: Clock;
  /** The pauses between tries of the camera, milliseconds: the first (each further one is twice as long) and the longest. */
  readonly cameraPauses?: { readonly first: number; readonly longest: number };
}

/** What a search came to. */
export interface Searched {
  /** Most similar first; none when nobody is like the face, or Rekognition sees none in the crop. */
  readonly matches: MatchedFaceJson[];
}

/** What was seen since the watching began. */
export interface Counts {
  frames: number;
  faces: number;
  calls: number;
  /** When the camera's last picture came, milliseconds since 1970 by AWS's clock. */
  lastFrame: number | undefined;
}

/** A camera that refuses the password locks its account after some tries: it is tried seldom. Milliseconds. */
const refusedPause = 30 * second;
const usualPauses = { first: second, longest: 30 * second };

/** So many searches are under way at once; Rekognition takes 5 a second in most Regions (Rekognition quotas). */
const mostSearches = 4;

/**
 * The chat writes down the party when the producer has answered the wish, so somebody who stands there already would be
 * named too early and count for nothing. Milliseconds.
 */
const untilThePartyIsOn = 2 * second;

/** At the end, searches that are under way may still be answered for so long: milliseconds. */
const lastAnswers = second;

/** A record says that the door is watched, though nobody is there: every so often, milliseconds. */
const proofEvery = 2.5 * second;

/** Watches the door for one party: frames in, searches and records out. */
export class Doorway {
  readonly counts: Counts = { frames: 0, faces: 0, calls: 0, lastFrame: undefined };
  readonly #parts: DoorwayParts;
  readonly #tracker = new Tracker();
  readonly #plan = new SearchPlan(sightingRules.images);
  #searchFrom = Number.POSITIVE_INFINITY;
  #lastTime = 0;
  #proved = 0;
  #underway = new Set<Promise<void>>();
  #searching = 0;

  constructor(parts: DoorwayParts) {
    this.#parts = parts;
  }

  /** Watches until the signal; a camera or an engine that fails is tried again for ever. Never throws. */
  async watch(signal: AbortSignal): Promise<void> {
    this.#searchFrom = this.#parts.now() + untilThePartyIsOn;
    const recognizer = await this.#startRecognizer(signal);
    try {
      if (recognizer) await this.#watchCamera(recognizer, signal);
      await Promise.race([Promise.all(this.#underway), wait(lastAnswers, undefined, { ref: false })]);
    } finally {
      await recognizer?.close();
    }
  }

  /** Records were lost: the guests that they told of are searched again. */
  searchAgain(): void {
    this.#plan.forget();
  }

  async #startRecognizer(signal: AbortSignal): Promise<Recognizer | undefined> {
    const { startRecognizer, problems, log } = this.#parts;
    for (let pause = second; !signal.aborted; pause = Math.min(2 * pause, 30 * second)) {
      try {
        const recognizer = await startRecognizer();
        problems.solved('engine');
        return recognizer;
      } catch (error) {
        problems.has('engine', problemText.engine);
        log.error('The engine does not start', loggable(error));
        await pauseFor(pause, signal);
      }
    }
    return undefined;
  }

  async #watchCamera(recognizer: Recognizer, signal: AbortSignal): Promise<void> {
    const { open, problems, log, cameraPauses: { first, longest } = usualPauses } = this.#parts;
    let failures = 0;
    while (!signal.aborted) {
      let isLive = false;
      let failure: unknown;
      try {
        for await (const frame of open(signal)) {
          if (!isLive) {
            isLive = true;
            failures = 0;
            problems.solved('camera');
            log.info('The camera sends', { width: frame.picture.width, height: frame.picture.height });
          }
          await this.#look(frame, recognizer);
        }
      } catch (error) {
        failure = error;
      }
      if (signal.aborted) return;
      const kind = failure instanceof CameraError ? failure.failure : 'ended';
      const pause = Math.min(longest, kind === 'refused' ? refusedPause : first * 2 ** failures);
      failures += 1;
      problems.has('camera', problemText.camera[kind]);
      log.warn('The camera is not watched', {
        failure: kind,
        againInMs: pause,
        ...(failure ? loggable(failure) : {}),
      });
      await pauseFor(pause, signal);
    }
  }

  async #look(frame: Frame, recognizer: Recognizer): Promise<void> {
    const { pace, problems, log, putRecord } = this.#parts;
    // Two frames never have one time: it is the name of the frame's picture.
    const time = Math.max(frame.time, this.#lastTime + 1);
    this.#lastTime = time;
    const begin = performance.now();
    let faces: Face[];
    try {
      faces = await recognizer.find(frame.picture, 'live');
      problems.solved('engine');
    } catch (error) {
      problems.has('engine', problemText.engine);
      log.warn('A frame was left out', loggable(error));
      return;
    } finally {
      pace.looked(performance.now() - begin);
    }
    this.counts.frames += 1;
    this.counts.faces += faces.length;
    this.counts.lastFrame = time;
    const chosen = this.#choose(faces, time);
    if (this.#plan.isCurious(time)) pace.stayAwake();
    if (chosen.length > 0) {
      this.#proved = time;
      const searching = this.#search({ ...frame, time }, faces, chosen).finally(() => {
        this.#underway.delete(searching);
      });
      this.#underway.add(searching);
    } else if (time - this.#proved >= proofEvery) {
      this.#proved = time;
      putRecord(this.#record(time, []));
    }
  }

  #choose(faces: readonly Face[], time: number): TrackedFace[] {
    const tracked = this.#tracker.update(faces, time);
    if (time < this.#searchFrom || !this.#parts.canSearch()) return [];
    return this.#plan.choose(tracked, time, mostSearches - this.#searching);
  }

  /** Never throws. */
  async #search(frame: Frame, faces: readonly Face[], chosen: readonly TrackedFace[]): Promise<void> {
    const { search, putRecord, putPicture } = this.#parts;
    const answers = await Promise.all(
      chosen.map(async ({ track, face }) => {
        const others = faces.filter((other) => other !== face);
        this.#searching += 1;
        const searched = await search(frame, face, others);
        this.#searching -= 1;
        if (!searched) {
          this.#plan.failed(track);
          return [];
        }
        this.counts.calls += 1;
        const matches = searched.matches.map(({ Similarity, Face: { FaceId } }) => ({
          faceId: FaceId,
          similarity: Similarity,
        }));
        this.#plan.answered(track, frame.time, matches);
        return [{ DetectedFace: detectedFace(face, frame.picture), MatchedFaces: searched.matches }];
      }),
    );
    // First the record: a guest waits for it, and nobody for the picture.
    putRecord(this.#record(frame.time, answers.flat()));
    if (answers.flat().length > 0) putPicture(frame);
  }

  #record(
    time: number,
    FaceSearchResponse: Array<{ DetectedFace: DetectedFaceJson; MatchedFaces: MatchedFaceJson[] }>,
  ): FaceSearchRecordJson {
    const { streamArn } = this.#parts;
    // Seen and received at once: a record that has to wait for the internet still tells the time of its frame.
    return faceSearchRecord({ streamArn, time, received: time, FaceSearchResponse });
  }
}

const pauseFor = (milliseconds: number, signal: AbortSignal): Promise<void> =>
  wait(milliseconds, undefined, { signal }).catch(() => {});
