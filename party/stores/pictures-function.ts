import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import * as z from 'zod';
import type { ClientOptions } from './call-timeout.ts';

const asked = { chatId: z.number(), userId: z.number(), photoId: z.string() };

/** What the pictures Lambda can be asked for. */
export const pictureJob = z.discriminatedUnion('job', [
  z.object({
    /** The camera's picture of an arrival, as a reply to its message. */
    job: z.literal('snapshot'),
    partyId: z.string(),
    guestId: z.string(),
  }),
  /** A photo of several people with a number at each, into the message that asks who is who. `photoId` is by content. */
  z.object({ job: z.literal('group'), ...asked }),
  /** A photo and the guest whom it looks like, into the message that asks. `photoId` is Telegram's. */
  z.object({ job: z.literal('look-alike'), ...asked }),
  /** All photos of a guest on one sheet, each with a number, into a message of the bot's that waits for it. */
  z.object({
    job: z.literal('contact-sheet'),
    chatId: z.number(),
    messageId: z.number(),
    guestId: z.string(),
  }),
  /** An unknown face at the door, and its card: what is still to be done for it, as things are. */
  z.object({ job: z.literal('unknown-face'), partyId: z.string(), unknownId: z.string() }),
  /** The face that a card asks about, with those who it may be, by number, into that message. */
  z.object({
    job: z.literal('who-is'),
    chatId: z.number(),
    messageId: z.number(),
    partyId: z.string(),
    unknownId: z.string(),
    page: z.number(),
  }),
  /** The unknown faces of a party that are told of together, by number, into the message that does. */
  z.object({ job: z.literal('more-unknown'), partyId: z.string() }),
  /** Who came to a party that is over, for its host or to be shared with its group; or for whoever asked for it. */
  z.object({
    job: z.literal('recap'),
    partyId: z.string(),
    audience: z.enum(['host', 'guests']),
    /** The message that it is an answer to, in a private chat. */
    asked: z.object({ chatId: z.number(), messageId: z.number() }).optional(),
  }),
  /** What the camera sees now, into a message of the bot's that waits for it. */
  z.object({ job: z.literal('camera'), chatId: z.number(), messageId: z.number() }),
  /**
   * The faces of those who it may have been, by number, into the question who it was of an arrival that was taken back.
   */
  z.object({
    job: z.literal('who-was'),
    chatId: z.number(),
    messageId: z.number(),
    partyId: z.string(),
    guestId: z.string(),
    time: z.number(),
    page: z.number(),
  }),
]);

export type PictureJob = z.infer<typeof pictureJob>;
/** One kind of job. */
export type PictureJobOf<Kind extends PictureJob['job']> = Extract<PictureJob, { job: Kind }>;

/** The pictures Lambda, by an SDK client that finds Region, credentials and endpoint itself. */
export const createPictures = (functionName: string, options: ClientOptions): Pictures =>
  new Pictures(new LambdaClient(options), functionName);

/** Hands work on pictures to its own Lambda, so that no message waits for a picture. */
export class Pictures {
  readonly #client: LambdaClient;
  readonly #functionName: string;

  constructor(client: LambdaClient, functionName: string) {
    this.#client = client;
    this.#functionName = functionName;
  }

  /** Returns as soon as Lambda has the job; Lambda itself tries it again when it fails. */
  async ask(job: PictureJob): Promise<void> {
    await this.#client.send(
      new InvokeCommand({
        FunctionName: this.#functionName,
        InvocationType: 'Event',
        Payload: JSON.stringify(job),
      }),
    );
  }
}
