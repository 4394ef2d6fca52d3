import inspector from 'node:inspector';
import { Worker } from 'node:worker_threads';

/** So long nothing may happen in the program, in milliseconds: far longer than anything here computes in one go. */
const frozenLimit = 30_000;
const looks = 10;

/**
 * Ends this process by SIGKILL when its event loop stands still. A program that is caught in an endless loop answers
 * nobody and hears no signal, so `kill` would not end it either; all that is kept survives this. The watch is a thread
 * of its own. It counts its own looks and asks no clock, so a machine that slept or a program that was halted and went
 * on is not taken for a frozen one. A program that is being debugged is not watched.
 *
 * @param limit milliseconds
 */
export function endIfFrozen(limit: number = frozenLimit): void {
  if (inspector.url()) return;
  const beats = new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT));
  const every = limit / looks;
  setInterval(() => Atomics.add(beats, 0, 1), every / 2).unref();
  new Worker(watch, { eval: true, workerData: { beats, every, looks } }).unref();
}

/** Plain JavaScript, for a thread has no loader of TypeScript's. */
const watch = `
const { writeSync } = require('node:fs');
const { workerData: { beats, every, looks } } = require('node:worker_threads');
let last = 0;
let same = 0;
setInterval(() => {
  const now = Atomics.load(beats, 0);
  same = now === last ? same + 1 : 0;
  last = now;
  if (same < looks) return;
  writeSync(2, 'The program hung, so it was ended. Nothing that was kept is lost: start it again.\\n');
  process.kill(process.pid, 'SIGKILL');
}, every);
`;
