import * as z from 'zod';
import { priceLists } from './costs/prices.ts';
import { ConfigurationError } from './errors.ts';

const name = z.string().min(1);

function isTimeZone(timeZone: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone });
    return true;
  } catch {
    return false;
  }
}

const everywhere = z.object({
  TABLE_NAME: name,
  BUCKET_NAME: name,
  COLLECTION_ID: name,
  TOPIC_ARN: name,
  BOT_SECRET_ID: name,
  /** Which version of the secret; the current one if not set. */
  BOT_SECRET_VERSION: name.optional(),
  PICTURES_FUNCTION: name,
  /** Only where the Bot API is not Telegram's own. */
  TELEGRAM_API_ROOT: z.url().optional(),
  /** Where the door screen is; its link is this and a token. No screen without it. */
  DOOR_URL: z.url().optional(),
  /** What lets other devices reach the door screen, for a host to type; not set where they can. */
  DOOR_OPENING_COMMAND: name.optional(),
  /** Only where browsers reach S3 at another address than programs do: at a reverse proxy's. */
  S3_PUBLIC_ROOT: z.url().optional(),
  /** What repairs the data, for a host to type; not set where nothing does (on AWS). */
  REPAIR_COMMAND: name.optional(),
  /** Where all of it is kept, as guests are told before they agree: at the host's home, or else in an AWS account. */
  KEPT_AT: z.literal('home').optional(),
  /** How long AWS may take to answer a call, in seconds, before the call is made again; see `stores/call-timeout.ts`. */
  CALL_TIMEOUT_SECONDS: z.coerce.number().positive().optional(),
  /** The prices at which the deployment is charged; where it is not, nothing is said of costs. */
  PRICE_LIST: z.enum(priceLists).optional(),
  /**
   * In which time zone people read and write times, by its IANA name, until a host says another one. Not set, one is
   * asked.
   */
  PARTY_TZ: z
    .string()
    .refine(isTimeZone, 'is no time zone; set an IANA name such as Europe/Berlin')
    .optional(),
});

/** A Rekognition stream processor, started and stopped from the chat, searches the camera's video. */
const video = everywhere.extend({
  RECOGNITION: z.literal('video'),
  DATA_STREAM_NAME: name,
  VIDEO_STREAM_NAME: name,
  /** What Rekognition assumes to read the video stream and write the data stream. */
  STREAM_PROCESSOR_ROLE_ARN: name,
});

/** The producer at home finds the faces, and searches good pictures of them. */
const images = everywhere.extend({ RECOGNITION: z.literal('images') });

/** The house keeps everything and recognises nobody, so that it costs nothing. */
const asleep = everywhere.extend({ RECOGNITION: z.literal('asleep') });

const environment = z.discriminatedUnion('RECOGNITION', [video, images, asleep]);

/** The settings, by the same names on Lambda and on one machine. */
export type Config = z.infer<typeof environment>;
/** The settings of a house that recognises by streaming video. */
export type VideoConfig = z.infer<typeof video>;

/**
 * Reads the settings from the environment.
 *
 * @throws ConfigurationError that names every variable that is missing or wrong
 */
export function readConfig(env: Readonly<Record<string, string | undefined>>): Config {
  const result = environment.safeParse(env);
  if (result.success) return result.data;
  const wrong = result.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`);
  throw new ConfigurationError(
    `The environment is not complete. Set these variables:\n  ${wrong.join('\n  ')}`,
  );
}
