import { after } from 'node:test';
import { type Recognizer, startRecognizer } from '../../vision/recognizer.ts';

/** One engine for all tests of a process, for it takes a second to start. It ends with the last of them. */
let engine: Promise<Recognizer> | undefined;
after(async () => (await engine)?.close());

/** The engine of this process's tests, which whoever has it may close: others have it still. */
export async function sharedRecognizer(): Promise<Recognizer> {
  engine ??= startRecognizer();
  const recognizer = await engine;
  return {
    find: (...asked) => recognizer.find(...asked),
    prepare: (picture) => recognizer.prepare?.(picture),
    close: async () => {},
  };
}
