/**
 * What GNU's allocator (mallopt(3)) is told: to keep two stores of free memory and not one for each thread; and how much to
 * keep, in bytes, for else it would keep room for large pieces from the first one on that is freed. In a party it is 100 MB
 * less for the house, which has a dozen threads and deals in pictures.
 * The engine is given the same by whoever forks it (vision/forked-engine.ts), for older versions of Node cannot begin anew.
 */
const frugal = { MALLOC_ARENA_MAX: '2', MALLOC_TRIM_THRESHOLD_: '4000000' };

/**
 * Begins this process anew with settings of memory that a process cannot make once it runs; what it starts inherits them.
 * It must come first, for whatever is open then is lost, but for the terminal.
 *
 * Nothing happens where the first of them is set already, on other systems, or where Node cannot (before 22.15).
 */
export function beginFrugally() {
  if (process.platform !== 'linux' || process.env.MALLOC_ARENA_MAX !== undefined) return;
  // Whoever started this and talks to it by a channel would lose it.
  if (typeof process.execve !== 'function' || process.channel) return;
  const { execPath, execArgv, argv, env } = process;
  process.execve(execPath, [execPath, ...execArgv, ...argv.slice(1)], { ...frugal, ...env });
}
