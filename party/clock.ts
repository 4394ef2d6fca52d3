/** The time now, in milliseconds since 1970. Handed in, so that tests can have any time they like. */
export type Clock = () => number;

/** Settles after so many milliseconds. Handed in, so that tests need not wait. */
export type Pause = (milliseconds: number) => Promise<unknown>;

export const second = 1000;
export const minute = 60 * second;
export const hour = 60 * minute;
export const day = 24 * hour;

/**
 * When DynamoDB may remove an item, as its time to live wants it: seconds since 1970.
 *
 * @param now milliseconds since 1970
 * @param keptFor milliseconds
 */
export const expiry = (now: number, keptFor: number): number => Math.ceil((now + keptFor) / second);
