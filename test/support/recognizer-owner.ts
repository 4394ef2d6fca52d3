import { startRecognizer } from '../../vision/recognizer.ts';

/** A program with a recognizer of its own: prints the engine's process id when it is ready, then waits for ever. */
await startRecognizer({
  onStart: (pid) => {
    process.stdout.write(`${pid}\n`);
  },
});
