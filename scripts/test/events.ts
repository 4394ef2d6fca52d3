/** What the process of a test file tells the runner, one JSON text a line on file descriptor 3 (`reporter.mjs`). */
export type TestEvent = Started | Ended | Failures;

interface Named {
  readonly name: string;
  /** 0 outside of any other test. */
  readonly nesting: number;
  /** Absolute, of the file that the test is written in. */
  readonly file?: string;
}

export interface Started extends Named {
  readonly type: 'start';
}

export interface Ended extends Named {
  readonly type: 'end';
  /** A `describe`, which is not counted as a test. */
  readonly suite: boolean;
  readonly ok: boolean;
  /** Stopped before it ended: timed out, or its parent ended first. */
  readonly cancelled: boolean;
  /** What was thrown, with its stack; absent where only tests in it failed. */
  readonly error?: string;
  /** The reason, or true when none was given. */
  readonly skip?: string | true;
  readonly todo?: string | true;
  /** How long it took, in milliseconds. */
  readonly took: number;
  /**
   * Processor time of its process so far, in milliseconds; on Linux with the processes that it started and that ended.
   */
  readonly spent: number;
}

/** What node's "spec" reporter says of the tests that failed, when all have ended. */
export interface Failures {
  readonly type: 'failures';
  readonly text: string;
  /** As in `Ended`. */
  readonly spent: number;
}

/** Whether a test counts against the run: one that is still to be made work does not. */
export const isFailure = ({ ok, skip, todo }: Ended): boolean =>
  !ok && skip === undefined && todo === undefined;
