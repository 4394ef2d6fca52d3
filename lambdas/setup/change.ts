import { loggable } from '../../party/loggable.ts';
import { removeStreamProcessor } from '../../party/recognition/remove-stream-processor.ts';
import type { Outcome } from './custom-resource.ts';
import { within } from './in-time.ts';
import type { SetupProperties } from './properties.ts';
import { leaveFormerBot, type SetupServices, setUp } from './set-up.ts';
import { setupText as say } from './setup.text.ts';
import { whyFailed } from './why-failed.ts';

/** What is set up by: while these stay, what was set up holds. */
const setUpBy = ['WebhookUrl', 'BotSecretId', 'BotSecretVersion', 'BucketName', 'Version'] as const;
/** While these stay, the bot reaches the house as before. */
const reachedBy = ['WebhookUrl', 'BotSecretId', 'BotSecretVersion'] as const;

type Before = Readonly<Record<string, unknown>>;

/**
 * What an update of the stack changes about the house. Going to sleep, waking, and leaving recognition by video insist on
 * nothing: where the bot is reached as before, what is new may wait until the house wakes.
 *
 * @param before the properties of before the update
 */
export async function change(
  id: string,
  properties: SetupProperties,
  before: Before,
  services: SetupServices,
  signal: AbortSignal,
): Promise<Outcome> {
  const notDone: string[] = [];
  const stays = (names: readonly (keyof SetupProperties)[]) =>
    names.every((name) => properties[name] === before[name]);
  // Also with nothing new, for an earlier time may have had to go on without.
  if (!stays(setUpBy) || properties.Recognition !== before.Recognition) {
    const must = !stays(reachedBy) || (!stays(setUpBy) && !isLeaving(properties, before));
    const done = must
      ? setUp(id, properties, services)
      : within(services.patience.settingUp, signal, () => setUp(id, properties, services));
    await done.catch((error: unknown) => {
      signal.throwIfAborted();
      if (must) throw error;
      services.log.warn('The house was not set up anew', loggable(error));
      notDone.push(say.notSetUp(whyFailed(error)));
    });
    await leaveFormerBot(before.BotSecretVersion, properties, services);
  }
  const former = before.VideoStreamName;
  if (typeof former === 'string' && former !== properties.VideoStreamName)
    notDone.push(...(await leaveProcessor(former, services, signal)));
  return { status: 'SUCCESS', ...(notDone.length > 0 && { reason: notDone.join(' ') }) };
}

/** Whether a house goes to sleep, or leaves recognition by video, so that it costs less afterwards. */
const isLeaving = ({ Recognition, VideoStreamName }: SetupProperties, before: Before): boolean =>
  (Recognition === 'asleep' && before.Recognition !== 'asleep') ||
  (before.VideoStreamName !== undefined && VideoStreamName === undefined);

/**
 * A house that recognises otherwise now, or goes to sleep, leaves its stream processor behind. One that cannot be
 * removed ends by itself, when CloudFormation deletes the streams that it reads and writes.
 *
 * @returns what could not be done, in words
 */
async function leaveProcessor(
  name: string,
  { rekognition, log, patience }: SetupServices,
  signal: AbortSignal,
): Promise<string[]> {
  try {
    await within(patience.processor, signal, (own) => removeStreamProcessor(rekognition, name, own));
    return [];
  } catch (error) {
    signal.throwIfAborted();
    log.warn('The stream processor was not removed', loggable(error));
    return [say.processorStays(name, whyFailed(error))];
  }
}
