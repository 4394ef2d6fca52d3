import { second } from '../clock.ts';
import { writtenAt } from '../recognition/pulse.ts';
import type { RecognitionStatus } from '../recognition/recognition.ts';
import { type Party, watchedUntil } from './party.ts';

/** A camera that has sent nothing for so long is not seen by: milliseconds. */
const longestPause = 10 * second;
/** A producer tells every five seconds when the camera's last picture came. Milliseconds. */
const longestPulse = 20 * second;

/**
 * Whether pictures of the door come at this moment.
 *
 * - `seen`: they do;
 * - `too slow`: they do, and they are looked at too seldom for anybody to be recognised (`look-pace.ts`);
 * - `waiting`: a party has just begun, and the first is awaited;
 * - `none yet`: none has come since it began;
 * - `silent`: none has come since then, milliseconds since 1970;
 * - `unknown`: no party is on, and nobody says so either.
 */
export type Door =
  | { readonly state: 'seen' | 'too slow' | 'waiting' | 'none yet' | 'unknown' }
  | { readonly state: 'silent'; readonly since: number };

export type DoorState = Door['state'];

/** What the door looks like to whoever asks. Of a recognition that is not on nothing is asked. */
export function doorNow(
  party: Party | undefined,
  { pulse }: Pick<RecognitionStatus, 'pulse'>,
  now: number,
): Door {
  if (party) {
    const since = watchedUntil(party);
    const isRecent = now - since <= longestPause;
    if (party.watchedUntil === undefined) return { state: isRecent ? 'waiting' : 'none yet' };
    if (!isRecent) return { state: 'silent', since };
    return { state: party.slow && party.slow.until === undefined ? 'too slow' : 'seen' };
  }
  if (!pulse) return { state: 'unknown' };
  const last = pulse.lastFrame === undefined ? undefined : pulse.lastFrame - (pulse.clockOffset ?? 0);
  if (last === undefined) return { state: 'none yet' };
  const isRecent = writtenAt(pulse) - last <= longestPause && now - writtenAt(pulse) <= longestPulse;
  return isRecent ? { state: 'seen' } : { state: 'silent', since: last };
}
