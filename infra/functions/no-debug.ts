/**
 * Stands in for the package `debug` in a bundle, which writes nothing either unless the environment's `DEBUG` asks it to:
 * nobody sets that on a Lambda, and what a Lambda logs goes through its own logger.
 */
export const debug = (): (() => void) => () => {};

export default debug;
