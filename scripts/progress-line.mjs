/** So often it is looked how far it has come, in milliseconds. */
const interval = 250;
const width = 24;

/**
 * Shows how far something has come while it lasts: one line of the terminal, written over; nothing where the output is
 * a file or another program.
 *
 * @param {() => number} count how many are done
 * @param {number} total of how many
 * @param {NodeJS.WriteStream} [output]
 * @returns {() => void} ends it and clears the line
 */
export function showProgress(count, total, output = process.stdout) {
  if (!output.isTTY || total === 0) return () => {};
  const startedAt = performance.now();
  const draw = () => {
    const done = Math.min(count(), total);
    const bar = '█'.repeat(Math.floor((done / total) * width)).padEnd(width, '░');
    const seconds = Math.round((performance.now() - startedAt) / 1000);
    output.write(`\r${bar} ${done} of ${total}, ${seconds} s `);
  };
  draw();
  const timer = setInterval(draw, interval);
  return () => {
    clearInterval(timer);
    output.write('\r\u001b[2K');
  };
}
