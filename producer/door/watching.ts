import { second } from '../../party/clock.ts';
import type { Log } from '../../party/log.ts';
import { startRecognizer } from '../../vision/recognizer.ts';
import type { Aws } from '../aws/aws.ts';
import type { AwsClock } from '../aws/aws-clock.ts';
import { openCamera } from '../camera/camera.ts';
import { DoorPace } from '../camera/door-pace.ts';
import type { Watching, WishedNow } from '../producer.ts';
import { FaceSearch } from '../search/face-search.ts';
import type { ImagesSettings } from '../settings.ts';
import { Doorway, type DoorwayParts } from './doorway.ts';
import { Problems } from './problems.ts';
import { createSendQueues, recordsLast } from './send-queues.ts';

/** What a watch over the door is made of. */
export interface WatchingParts {
  readonly settings: Pick<ImagesSettings, 'camera' | 'region' | 'mostSearches'>;
  readonly aws: Aws;
  readonly clock: AwsClock;
  readonly log: Log;
  /** As in {@link DoorwayParts}. */
  readonly cameraPauses?: DoorwayParts['cameraPauses'];
  /** {@link startRecognizer} when not given. */
  readonly startRecognizer?: DoorwayParts['startRecognizer'];
}

/** What waits is given so long at the end: milliseconds. */
const lastChance = second;

/**
 * There is no video stream, but a record names one: this one, which no account has. Source of the shape: a video
 * stream's ARN ends in the time of its creation.
 */
const streamArn = (region: string): string => `arn:aws:kinesisvideo:${region}:000000000000:stream/producer/0`;

/**
 * Begins to watch the door. Everything goes one way: the camera's frames to the doorway, what it says of them to the
 * queues, and what these fail at to the problems.
 *
 * @param onChange called when the worst problem is another
 * @param wished what is wished now, asked anew each time
 */
export function watchDoor(
  parts: WatchingParts,
  onChange: () => void,
  wished: () => WishedNow = () => ({}),
): Watching {
  const { settings, aws, clock, log, cameraPauses } = parts;
  const now = () => performance.now();
  const problems = new Problems(onChange);
  const pace = new DoorPace();
  const { records, pictures } = createSendQueues({ aws, problems, log, now });
  const faceSearch = new FaceSearch({ search: aws.search, problems, log, now, most: settings.mostSearches });
  const doorway = new Doorway({
    open: (signal) => openCamera(settings.camera, { pace, now: clock.now, signal }),
    pace,
    startRecognizer: parts.startRecognizer ?? startRecognizer,
    // What a search gives while records do not get through would soon be lost.
    canSearch: () => faceSearch.isReady && records.waitedFor < recordsLast / 2,
    search: (frame, face, others) => faceSearch.search(frame, face, others),
    putRecord: (record) => records.put(record),
    recordsLost: () => records.droppedBeforeRecovery,
    putPicture: ({ time, picture }) => pictures.put({ time, jpeg: picture.jpeg }),
    streamArn: streamArn(settings.region),
    wished,
    problems,
    log,
    now: clock.now,
    ...(cameraPauses && { cameraPauses }),
  });
  const ending = new AbortController();
  const watched = doorway.watch(ending.signal);
  return {
    report: () => ({
      ...doorway.counts,
      framesPerSecond: pace.framesPerSecond,
      dropped: records.dropped,
      problem: problems.worst,
      searchedEnough: problems.isAt('budget'),
      isTooSlow: pace.held === 'too slow',
    }),
    async stop() {
      ending.abort();
      await watched;
      await Promise.all([records.close(lastChance), pictures.close(lastChance)]);
    },
  };
}
