/**
 * A program that does not end: by its only argument, its end hangs (`hang`), or its event loop stands still (`freeze`).
 */
import { endWithSignals } from '../../local/command-line/terminal.ts';
import { endIfFrozen } from '../../local/command-line/watchdog.ts';

const shortTime = 500;
const longTime = 60_000;
const [, , how, time] = process.argv;

endWithSignals(() => new Promise(() => {}), time === 'long' ? longTime : shortTime);
// Keeps the program alive, as a server does.
setInterval(() => {}, longTime);
if (how === 'freeze') {
  endIfFrozen(shortTime);
  setTimeout(() => {
    for (;;);
  });
}
console.log('Ready.');
