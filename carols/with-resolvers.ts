/**
 * node-av calls `Promise.withResolvers`, which Node 20 does not have. Import this before it. (The producer has the same
 * few lines: the two rooms share no floor on which they could meet.)
 */
const promise = Promise as typeof Promise & { withResolvers?: () => unknown };

promise.withResolvers ??= () => {
  let settle: object = {};
  const pending = new Promise((resolve, reject) => {
    settle = { resolve, reject };
  });
  return { promise: pending, ...settle };
};
