/**
 * What is counted:
 *
 * | | one for each |
 * |---|---|
 * | `BatchesFailed` | batch of records of which some could not be handled, and come again |
 * | `RecordsBroken` | record on the stream that is no face-search record |
 * | `RecordsWithoutParty` | record of a frame of no party: none was on when it was taken |
 * | `RecordsBeforeParty` | record of a frame from before the party's start |
 * | `MessagesNotSent` | try to send a message that failed; all come later, unless they are a day old |
 * | `Gaps` | time of over ten seconds in which nobody watched the door |
 * | `RecognitionWithoutParty` | time that a recognition was found on with no party, and stopped |
 */
export type Counted =
  | 'BatchesFailed'
  | 'RecordsBroken'
  | 'RecordsWithoutParty'
  | 'RecordsBeforeParty'
  | 'MessagesNotSent'
  | 'Gaps'
  | 'RecognitionWithoutParty';

/**
 * What is timed, in milliseconds, for each arrival whose message was sent:
 *
 * | | from | to |
 * |---|---|---|
 * | `FrameToRecord` | the frame, by the producer's clock | its record on the data stream |
 * | `RecordToMatch` | its record on the data stream | the beginning of the Lambda that matches |
 * | `MatchToSent` | the beginning of that Lambda | Telegram has taken the message |
 * | `FrameToSent` | the frame | Telegram has taken the message: the three together |
 *
 * A message that a later batch or the tick sent has the last one alone: its road was not straight. A producer's
 * clock that runs ahead makes the first too small, or less than nothing, and the last with it.
 */
export type Timed = 'FrameToRecord' | 'RecordToMatch' | 'MatchToSent' | 'FrameToSent';

/** Where the rooms write what they measure. On Lambda, CloudWatch reads it; on one machine, nobody. */
export interface Metrics {
  /** @param times how often it happened; 0 is not written */
  count(metric: Counted, times?: number): void;
  time(metric: Timed, milliseconds: number): void;
}

/** For whoever measures nothing. */
export const unmeasured: Metrics = { count() {}, time() {} };

/** The road of a message up to its sending. Times are milliseconds since 1970. */
export interface Road {
  readonly frame: number;
  /** When the frame's record came onto the data stream, and when the Lambda began that matched it. */
  readonly straight?: { readonly record: number; readonly match: number };
}

/** Writes down how long each stage of an arrival took. */
export function timeArrival(metrics: Metrics, { frame, straight }: Road, sent: number): void {
  metrics.time('FrameToSent', sent - frame);
  if (!straight) return;
  const { record, match } = straight;
  metrics.time('FrameToRecord', record - frame);
  metrics.time('RecordToMatch', match - record);
  metrics.time('MatchToSent', sent - match);
}
