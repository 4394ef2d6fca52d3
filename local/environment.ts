import type { Credentials } from './aws/signature.ts';

/** The names of everything on this machine. They mean nothing outside it. */
export const names = {
  account: '000000000000',
  region: 'us-east-1',
  table: 'musical-joy',
  bucket: 'musical-joy',
  collection: 'musical-joy',
  dataStream: 'musical-joy',
  videoStream: 'front-door',
  topic: 'musical-joy-arrivals',
  secret: 'musical-joy-bot',
} as const;

/** Valid on this machine alone; the local AWS accepts no others. */
export const credentials: Credentials = {
  accessKeyId: 'AKIALOCALMUSICALJOY0',
  secretAccessKey: 'local-only-and-never-a-secret-of-yours',
};

/** How a house on this machine recognises: its own stream processor, or the producer, run beside it. */
export type LocalRecognition = 'video' | 'images';

/**
 * Points everything in this process at AWS on this machine. Whatever the shell says of a real account is taken
 * out first: no forgotten variable or profile may ever lead there.
 *
 * @param awsUrl the local AWS
 * @param telegramRoot the Bot API on this machine, or undefined for Telegram's own
 */
export function pointAtThisMachine(
  awsUrl: string,
  telegramRoot: string | undefined,
  recognition: LocalRecognition = 'video',
): void {
  for (const name of Object.keys(process.env)) if (name.startsWith('AWS_')) delete process.env[name];
  Object.assign(process.env, {
    AWS_ENDPOINT_URL: awsUrl,
    AWS_REGION: names.region,
    AWS_ACCESS_KEY_ID: credentials.accessKeyId,
    AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
    // No shared files and no instance metadata either.
    AWS_CONFIG_FILE: '/dev/null',
    AWS_SHARED_CREDENTIALS_FILE: '/dev/null',
    AWS_EC2_METADATA_DISABLED: 'true',
    // Node 20 is what this program supports; the SDK's word on its own future is not for the host.
    AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
    TABLE_NAME: names.table,
    BUCKET_NAME: names.bucket,
    COLLECTION_ID: names.collection,
    DATA_STREAM_NAME: names.dataStream,
    VIDEO_STREAM_NAME: names.videoStream,
    STREAM_PROCESSOR_ROLE_ARN: `arn:aws:iam::${names.account}:role/stream-processor`,
    TOPIC_ARN: `arn:aws:sns:${names.region}:${names.account}:${names.topic}`,
    BOT_SECRET_ID: names.secret,
    PICTURES_FUNCTION: 'pictures',
    KEPT_AT: 'home',
    RECOGNITION: recognition,
    // As deploy takes that of the computer it runs on; a host can say another one.
    PARTY_TZ: process.env.PARTY_TZ || new Intl.DateTimeFormat().resolvedOptions().timeZone,
    // The Lambdas' logs are for looking into trouble; a host at the terminal wants to see trouble only.
    POWERTOOLS_LOG_LEVEL: process.env.POWERTOOLS_LOG_LEVEL ?? 'WARN',
    // What AWS answers at once, a small computer that looks for faces may take its time for.
    CALL_TIMEOUT_SECONDS: '120',
    // Nobody reads metrics here, and they would be written to the terminal.
    POWERTOOLS_METRICS_DISABLED: process.env.POWERTOOLS_METRICS_DISABLED ?? 'true',
  });
  if (telegramRoot) process.env.TELEGRAM_API_ROOT = telegramRoot;
  else delete process.env.TELEGRAM_API_ROOT;
}
