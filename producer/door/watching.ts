import { minute, second } from '../../party/clock.ts';
import type { Log } from '../../party/log.ts';
import type { FaceSearchRecordJson } from '../../party/record/record.ts';
import { storageKey } from '../../party/stores/storage-key.ts';
import { encodeJpeg } from '../../vision/picture.ts';
import { startRecognizer } from '../../vision/recognizer.ts';
import type { Aws } from '../aws/aws.ts';
import type { AwsClock } from '../aws/aws-clock.ts';
import { awsFailureOf, passes } from '../aws/aws-failure.ts';
import { openCamera } from '../camera/camera.ts';
import { DoorPace } from '../camera/pace.ts';
import { loggable } from '../json-log.ts';
import type { Watching } from '../producer.ts';
import { FaceSearch } from '../search/face-search.ts';
import type { Settings } from '../settings.ts';
import { Doorway, type DoorwayParts } from './doorway.ts';
import { problemText } from './problems.text.ts';
import { type Place, Problems } from './problems.ts';
import { Outbox } from './send-queue.ts';

/** What a watch over the door is made of. */
export interface WatchingParts {
  readonly settings: Settings;
  readonly aws: Aws;
  readonly clock: AwsClock;
  readonly log: Log;
  /** As in {@link DoorwayParts}. */
  readonly cameraPauses?: DoorwayParts['cameraPauses'];
}

/** A record of a minute ago still tells of a guest who is at the door; the match Lambda takes none that is older. */
const recordsLast = minute;
/** Five a second for a minute. */
const mostRecords = 300;
/** Pictures of about 150 kB each. */
const mostPictures = 40;

/** What waits is given so long at the end: milliseconds. */
const lastChance = second;

/**
 * There is no video stream, but a record names one: this one, which no account has. Source of the shape: a video
 * stream's ARN ends in the time of its creation.
 */
const streamArn = (region: string): string => `arn:aws:kinesisvideo:${region}:000000000000:stream/producer/0`;

/** Begins to watch the door. */
export function watchDoor(
  { settings, aws, clock, log, cameraPauses }: WatchingParts,
  onChange: () => void,
): Watching {
  const steady = () => performance.now();
  const ending = new AbortController();
  const problems = new Problems(onChange);
  const pace = new DoorPace();
  let lost = 0;
  const outbox = <T>(place: Place, what: string, maxLength: number, send: (one: T) => Promise<void>) =>
    new Outbox<T>({
      send,
      maxAge: recordsLast,
      maxLength,
      now: steady,
      onFailure(error) {
        const failure = awsFailureOf(error);
        problems.has(place, problemText.aws(what, failure));
        log.warn('Not sent', { what, failure, ...loggable(error) });
        return passes(failure) ? 'later' : 'never';
      },
      onRecovery() {
        problems.solved(place);
        // A guest who stands there since was named in a record that nobody got.
        if (records.dropped > lost) doorway.searchAgain();
        lost = records.dropped;
      },
    });
  const records: Outbox<FaceSearchRecordJson> = outbox<FaceSearchRecordJson>(
    'records',
    'data stream',
    mostRecords,
    (record) => aws.put(record),
  );
  const pictures = outbox<{ time: number; jpeg: Uint8Array }>(
    'pictures',
    'pictures',
    mostPictures,
    ({ time, jpeg }) => aws.storage.put(storageKey.snapshot(time), jpeg, 'image/jpeg'),
  );
  const faceSearch = new FaceSearch({ search: aws.search, problems, log, now: steady });
  const doorway: Doorway = new Doorway({
    open: (signal) => openCamera(settings.camera, { pace, now: clock.now, signal }),
    pace,
    startRecognizer: () => startRecognizer(),
    // What a search gives while records do not get through would soon be lost.
    canSearch: () => faceSearch.isReady && records.waitedFor < recordsLast / 2,
    search: (frame, face, others) => faceSearch.search(frame, face, others),
    putRecord: (record) => records.put(record),
    putPicture: ({ time, picture }) => {
      encodeJpeg(picture).then(
        (jpeg) => pictures.put({ time, jpeg }),
        (error) => log.warn('A picture could not be made', loggable(error)),
      );
    },
    streamArn: streamArn(settings.region),
    problems,
    log,
    now: clock.now,
    ...(cameraPauses && { cameraPauses }),
  });
  const watched = doorway.watch(ending.signal);
  return {
    report: () => ({
      ...doorway.counts,
      framesPerSecond: pace.framesPerSecond,
      dropped: records.dropped,
      problem: problems.worst,
    }),
    async stop() {
      ending.abort();
      await watched;
      await Promise.all([records.close(lastChance), pictures.close(lastChance)]);
    },
  };
}
