import type { RekognitionClient } from '@aws-sdk/client-rekognition';
import { removeStreamProcessor } from '../../party/recognition/remove-stream-processor.ts';
import type { Terminal } from '../terminal.ts';
import { stackText } from './stack.text.ts';

/** Stopping one takes seconds. */
const patience = 30_000;

/**
 * Sees that the stream processor of a house that recognises by video no more is gone. The house's own setup removes
 * it, but does not insist, for nothing is to keep a house from going to sleep; whoever deploys has more rights than it.
 *
 * @param name the video stream's, which its processor bears too; undefined when there was none
 */
export async function removeFormerProcessor(
  rekognition: RekognitionClient,
  name: string | undefined,
  terminal: Terminal,
): Promise<void> {
  if (name === undefined) return;
  try {
    await removeStreamProcessor(rekognition, name, AbortSignal.timeout(patience));
  } catch (error) {
    terminal.say(stackText.processorStays(name, (error as Error).message));
  }
}
