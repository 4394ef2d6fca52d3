import type { StackProps } from 'aws-cdk-lib';
import type { BudgetWish } from './budget.ts';

/** How a house is wanted. */
export interface MusicalJoyStackProps extends StackProps {
  /** `images` works in every account; `video` where Rekognition's streaming video is still open to it. */
  readonly recognition: 'images' | 'video';
  /** Without data stream, event source mapping and schedule, so that it costs nothing. */
  readonly asleep?: boolean | undefined;
  /**
   * Whether webhook, match and door have concurrency of their own. Lambda lets an account reserve what it has above a
   * hundred; a new one has ten, and none to spare.
   */
  readonly reserveConcurrency?: boolean | undefined;
  /** Whether arrivals are posted to an address besides the chat; it is in the bot's secret. */
  readonly postsArrivals?: boolean | undefined;
  /** Mail when the account costs more than this; without it none is sent. */
  readonly budget?: BudgetWish | undefined;
  /**
   * The version of the bot's secret that the house uses; whichever is current if not set. With it another token is a
   * change of the stack: all functions start afresh, the setup moves the webhook, and a roll-back undoes both.
   */
  readonly botSecretVersion?: string | undefined;
  /** In which people read and write times, by its IANA name; a host is asked for it if not set. */
  readonly timeZone?: string | undefined;
  /**
   * Whether photos, songs and snapshots go with the stack. If not, their bucket stays behind and is the host's to
   * delete. It goes if nothing is said: pictures of guests stay nowhere that nobody looks after.
   */
  readonly deletePicturesOnDestroy?: boolean | undefined;
}
