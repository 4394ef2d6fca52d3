/** Where the rooms write what happened. Powertools' logger is one; ids and figures go in `fields`, never names. */
export interface Log {
  info(message: string, ...fields: Array<Record<string, unknown>>): void;
  warn(message: string, ...fields: Array<Record<string, unknown>>): void;
  error(message: string, ...fields: Array<Record<string, unknown>>): void;
}
