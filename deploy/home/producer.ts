import type { IAMClient } from '@aws-sdk/client-iam';
import type { Surroundings } from '../command.ts';
import type { Outputs } from '../stack/state.ts';
import type { Terminal } from '../terminal.ts';
import { listKeys, replaceKey } from './access-key.ts';
import {
  changedSettings,
  type ProducerSettings,
  producerFile,
  quoted,
  readProducerFile,
  writeProducerFile,
} from './env-file.ts';
import { producerText } from './producer.text.ts';

/** What of the producer's settings the house knows. */
export function houseSettings(house: Outputs, region: string): ProducerSettings {
  return {
    RECOGNITION: house.Recognition,
    AWS_REGION: region,
    TABLE_NAME: house.TableName,
    BUCKET_NAME: house.BucketName,
    COLLECTION_ID: house.CollectionId,
    DATA_STREAM_NAME: house.DataStreamName,
    VIDEO_STREAM_NAME: house.VideoStreamName,
  };
}

/**
 * Writes `producer.env`, and makes the key in it if the host wants one.
 *
 * @param iam keys are made and deleted with it
 */
export async function equipProducer(
  house: Outputs,
  region: string,
  iam: IAMClient,
  options: { readonly producerKey: boolean; readonly yes: boolean },
  { terminal, settings }: Surroundings,
): Promise<void> {
  const user = house.ProducerUserName;
  const keys = await listKeys(iam, user);
  const before = readProducerFile();
  const hasKey = before?.AWS_ACCESS_KEY_ID !== undefined && keys.includes(before.AWS_ACCESS_KEY_ID);
  const wanted =
    options.producerKey ||
    (!options.yes &&
      !hasKey &&
      terminal.interactive &&
      (await terminal.confirm(producerText.askKey(user, keys.length), true)));
  const own = { ...houseSettings(house, region), ...cameraOf(before, settings, terminal) };
  if (wanted) {
    const deleted = await replaceKey(iam, user, (key) =>
      write({ ...own, AWS_ACCESS_KEY_ID: key.id, AWS_SECRET_ACCESS_KEY: key.secret }, terminal),
    );
    terminal.say(producerText.keyMade(deleted));
    return;
  }
  write(own, terminal);
  if (!hasKey) terminal.say(producerText.noKey);
}

/** Brings a `producer.env` that is there up to date; does nothing when there is none. */
export function refreshProducerFile(house: Outputs, region: string, terminal: Terminal): void {
  const before = readProducerFile();
  // Another house's file, or another program's, is not touched.
  if (before?.TABLE_NAME === house.TableName) write(houseSettings(house, region), terminal);
}

function write(settings: ProducerSettings, terminal: Terminal): void {
  const before = readProducerFile();
  const changed = changedSettings(settings, before);
  if (changed.length === 0) return;
  writeProducerFile(settings);
  terminal.say(producerText.fileWritten(producerFile, changed, before !== undefined));
}

/**
 * The host's camera as `.env` has it: what a file does not say of it yet, unless that knows another camera.
 *
 * @param settings may hold a password, of which nothing is said but the name of its setting
 */
function cameraOf(
  before: ProducerSettings | undefined,
  { CAMERA_URL, CAMERA_USER, CAMERA_PASSWORD }: Surroundings['settings'],
  terminal: Terminal,
): ProducerSettings {
  // A single quote, which nothing can be in single quotes, is written as in any URL.
  const url = CAMERA_URL?.replaceAll("'", '%27');
  if (!url || (before?.CAMERA_URL && before.CAMERA_URL !== url)) return {};
  const added: Record<string, string> = {};
  for (const [name, value] of Object.entries({ CAMERA_URL: url, CAMERA_USER, CAMERA_PASSWORD })) {
    if (!value || before?.[name]) continue;
    const written = quoted(value);
    if (written === undefined) terminal.say(producerText.notWritten(name, producerFile));
    else added[name] = written;
  }
  return added;
}
