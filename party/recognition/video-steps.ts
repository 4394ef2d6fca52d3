import type { RecognitionStatus } from './recognition.ts';
import type { Outcome } from './refusal.ts';

/*
 * What to do next with the stream processor, as tables: from how it was found and what was tried last. Which calls AWS
 * refuses in which status is not written down, so every step is followed by another look.
 */

/** How the stream processor was found; or why it was not seen. */
export type Found = Exclude<Outcome, 'done'> | FoundState;

/** The stream processor that is there. */
export interface FoundState {
  readonly state: RecognitionStatus['state'];
  /** Whether it reads this house's video stream. */
  readonly isOurs: boolean;
  /** Whether it does what is wanted of it. */
  readonly fits: boolean;
  /** Why it failed, in AWS's words. */
  readonly message?: string | undefined;
}

/** What can be asked of a stream processor. */
export type Call = 'create' | 'start' | 'stop' | 'delete';

/** The last call, and what became of it. */
export interface Tried {
  readonly call: Call;
  readonly outcome: Outcome;
}

/** Why a start comes to nothing. */
export type StartFailure = 'name taken' | 'stream taken' | { readonly failed: FoundState['message'] };

/** What a start does next. */
export type StartStep =
  | { readonly do: 'done' }
  | { readonly do: 'wait' }
  | { readonly do: 'give up'; readonly why: StartFailure }
  /** `ifInUse` is asked in place of `do` when that is refused as in use, without another look. */
  | { readonly do: Call; readonly ifInUse?: Call };

/** The step from a stream processor that was found so towards one that runs as it is wanted. */
export function startStep(found: Found, tried?: Tried): StartStep {
  if (found === 'not there') return { do: 'create' };
  if (typeof found === 'string') return { do: 'wait' };
  const { state, isOurs, fits, message } = found;
  if (!isOurs) return { do: 'give up', why: 'name taken' };
  switch (state) {
    case 'starting':
    case 'stopping':
      return { do: 'wait' };
    case 'on':
      return fits ? { do: 'done' } : { do: 'stop' };
    case 'off':
      return { do: fits ? 'start' : 'delete' };
    case 'failed':
      // What failed before this start may be over; what fails of it will fail again.
      if (tried?.call === 'start' && tried.outcome === 'done')
        return { do: 'give up', why: { failed: message } };
      // One that failed and cannot be started again is made anew.
      return fits ? { do: 'start', ifInUse: 'delete' } : { do: 'delete' };
  }
}

/**
 * Why a start comes to nothing, should its time end after this; undefined when this look and call tell nothing of it.
 *
 * @param call the one that followed the look
 */
export function reasonOf(found: Found, call?: Tried): StartFailure | undefined {
  // Or the name was free only a moment ago: the next look tells.
  if (found === 'not there' && call?.outcome === 'in use') return 'stream taken';
  return typeof found !== 'string' && found.state === 'failed' ? { failed: found.message } : undefined;
}

/**
 * How long to wait before the next look: what was just made is started at once, and AWS is not pressed when it is busy.
 *
 * @param call the one that followed the look
 */
export function pauseAfter(found: Found, call?: Tried): 'none' | 'short' | 'long' {
  if (call?.call === 'create' && call.outcome === 'done') return 'none';
  return (call?.outcome ?? found) === 'busy' ? 'long' : 'short';
}

/** The step from a stream processor that was found so towards one that does not run. Another house's is left alone. */
export function stopStep(
  found: Exclude<Outcome, 'done'> | Pick<FoundState, 'state' | 'isOurs'>,
): 'done' | 'stop' | 'wait' {
  if (found === 'not there') return 'done';
  if (typeof found === 'string') return 'wait';
  return found.isOurs && (found.state === 'on' || found.state === 'starting') ? 'stop' : 'done';
}
