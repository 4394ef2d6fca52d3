import { RecognitionError } from '../errors.ts';
import type { Recognition, RecognitionStatus } from './recognition.ts';

/** The recognition of a house that was put to sleep: what it would need has been taken down, so that it costs nothing. */
export class AsleepRecognition implements Recognition {
  async start(): Promise<void> {
    throw new RecognitionError('the house is asleep. Wake it where you deployed it, with npm run wake');
  }

  async stop(): Promise<void> {}

  async status(): Promise<RecognitionStatus> {
    return { state: 'off' };
  }

  async picture(): Promise<undefined> {
    return undefined;
  }
}
