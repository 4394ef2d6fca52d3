import { minute } from '../../party/clock.ts';
import type { Log } from '../../party/log.ts';
import { loggable } from '../../party/loggable.ts';
import type { FaceSearchRecordJson } from '../../party/record/record.ts';
import { storageKey } from '../../party/stores/storage-key.ts';
import type { Aws } from '../aws/aws.ts';
import { callFailureOf, passes } from '../aws/call-failure.ts';
import { problemText } from './problems.text.ts';
import type { Place, Problems } from './problems.ts';
import { SendQueue, type SendQueueOptions } from './send-queue.ts';

/** A frame's picture, for the chat. */
export interface TimedPicture {
  /** The frame's, milliseconds since 1970. */
  readonly time: number;
  readonly jpeg: Uint8Array;
}

/** What goes from the door to AWS. */
export interface SendQueues {
  readonly records: SendQueue<FaceSearchRecordJson>;
  readonly pictures: SendQueue<TimedPicture>;
}

/** What the queues send with, and where they say that it does not work. */
export interface SendQueuesParts {
  readonly aws: Pick<Aws, 'put' | 'storage'>;
  readonly problems: Problems;
  readonly log: Log;
  /** A clock that nobody sets, milliseconds. */
  readonly now: SendQueueOptions<unknown>['now'];
}

/**
 * A record of a minute ago still tells of a guest who is at the door; the match Lambda takes none that is older.
 * Milliseconds.
 */
export const recordsLast = minute;
/** Five a second for a minute. */
const mostRecords = 300;
/** Pictures of about 150 kB each. */
const mostPictures = 40;

/** The queues of a watch over the door; each says by itself what does not work, and that it works again. */
export function createSendQueues({ aws, problems, log, now }: SendQueuesParts): SendQueues {
  const options = (place: Place, what: string, maxLength: number) => ({
    maxAge: recordsLast,
    maxLength,
    now,
    onFailure(error: unknown) {
      const failure = callFailureOf(error);
      problems.has(place, problemText.aws(what, failure));
      log.warn('Not sent', { what, failure, ...loggable(error) });
      return passes(failure) ? ('later' as const) : ('never' as const);
    },
    onRecovery: () => problems.solved(place),
  });
  return {
    records: new SendQueue({
      ...options('records', 'data stream', mostRecords),
      send: (record: FaceSearchRecordJson) => aws.put(record),
    }),
    pictures: new SendQueue({
      ...options('pictures', 'pictures', mostPictures),
      send: ({ time, jpeg }: TimedPicture) => aws.storage.put(storageKey.snapshot(time), jpeg, 'image/jpeg'),
    }),
  };
}
