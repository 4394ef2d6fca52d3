import type { Aws } from '../../../local/aws/aws.ts';
import type { RetainedPicture } from '../../../local/aws/media.ts';
import { provision } from '../../../local/deployment/provision.ts';
import { pointAtThisMachine } from '../../../local/environment.ts';
import { openAws } from '../../support/whole-aws.ts';

/**
 * AWS on this machine with all that a party needs, where SDK clients made from now on find it. Its camera never
 * sends a frame.
 *
 * @param pictures what the video stream has kept
 */
export async function openVideoAws(pictures: () => readonly RetainedPicture[] = () => []): Promise<Aws> {
  const aws = await openAws({
    media: () => ({
      async *frames(signal) {
        await new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve()));
      },
      pictures: async (from, to) => pictures().filter(({ time }) => time >= from && time <= to),
    }),
  });
  pointAtThisMachine(aws.url, undefined);
  await provision('4200000001:TEST_token-of_the-bot');
  return aws;
}
