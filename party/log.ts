/**
 * What may stand in a log: ids, figures and words of our own. An error is not among them, on purpose: that of a
 * refused call holds what was sent, names and pictures with it. `loggable` says what of an error may be told.
 */
export type Loggable = string | number | boolean | undefined | readonly Loggable[] | LogFields;

/** By name. */
export interface LogFields {
  readonly [name: string]: Loggable;
}

/** Where the rooms write what happened. Powertools' logger is one; ids and figures go in `fields`, never names. */
export interface Log {
  info(message: string, ...fields: LogFields[]): void;
  warn(message: string, ...fields: LogFields[]): void;
  error(message: string, ...fields: LogFields[]): void;
}
