import { readFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';

const name = z.string().min(1);

/** What the house on this machine tells of itself, in its data folder. */
const houseFile = z.object({
  page: z.url(),
  environment: z.object({
    AWS_ENDPOINT_URL: z.url(),
    AWS_REGION: name,
    AWS_ACCESS_KEY_ID: name,
    AWS_SECRET_ACCESS_KEY: name,
    TABLE_NAME: name,
    BUCKET_NAME: name,
    COLLECTION_ID: name,
    DATA_STREAM_NAME: name,
    VIDEO_STREAM_NAME: name,
    BOT_SECRET_ID: name,
    RECOGNITION: z.enum(['images', 'video']),
    REPAIR_COMMAND: name.optional(),
    /** Only where the chat is on the page. */
    TELEGRAM_API_ROOT: z.url().optional(),
  }),
});

export type LocalHouse = z.infer<typeof houseFile> & { readonly folder: string };

/** How long the page may take to say that it is there, in milliseconds. */
const patience = 5000;

/** The house that runs on this machine from a data folder; undefined when none does. */
export async function findLocalHouse(folder: string): Promise<LocalHouse | undefined> {
  const house = readHouseFile(folder);
  return house && (await answers(house)) ? { ...house, folder } : undefined;
}

/** A file that is none of ours, or half of one, is as good as none. */
function readHouseFile(folder: string): z.infer<typeof houseFile> | undefined {
  try {
    const said = houseFile.safeParse(JSON.parse(readFileSync(path.join(folder, 'house.json'), 'utf8')));
    return said.data;
  } catch {
    return undefined;
  }
}

/** Whether it is this house that answers there, and not another program on its port. */
async function answers({ page, environment }: z.infer<typeof houseFile>): Promise<boolean> {
  try {
    const answer = await fetch(new URL('/healthz', page), { signal: AbortSignal.timeout(patience) });
    const { aws } = (await answer.json()) as { aws?: string };
    return aws === environment.AWS_ENDPOINT_URL;
  } catch {
    return false;
  }
}

/** Points the clients of this process at it, and at nothing else: no profile or key of the shell is used. */
export function pointAt({ environment }: LocalHouse): void {
  for (const variable of Object.keys(process.env))
    if (variable.startsWith('AWS_')) delete process.env[variable];
  Object.assign(process.env, environment, { AWS_EC2_METADATA_DISABLED: 'true' });
  process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = 'true';
}
