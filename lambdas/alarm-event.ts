import type { SNSEvent } from 'aws-lambda';
import * as z from 'zod';
import { type AlarmChange, readAlarm } from '../party/alarms/alarms.ts';
import type { Log } from '../party/log.ts';

const snsEvent = z.object({
  Records: z
    .array(
      z.object({
        EventSource: z.literal('aws:sns'),
        Sns: z.object({ MessageId: z.string(), Message: z.string() }),
      }),
    )
    .min(1),
});

/** An event of a topic that alarms are sent to, as far as it is read. */
export type AlarmEvent = Pick<SNSEvent, 'Records'>;

/**
 * The changes of alarms that an event brings. A message that is no alarm's is logged and dropped: coming again
 * would not mend it.
 *
 * @returns undefined when the event is no topic's
 */
export function alarmsIn(event: unknown, log: Log): AlarmChange[] | undefined {
  const read = snsEvent.safeParse(event);
  if (!read.success) return undefined;
  return read.data.Records.flatMap(({ Sns: { MessageId: messageId, Message } }) => {
    const change = readAlarm(Message);
    if (change === 'unreadable') log.warn('A message on the topic of alarms is no alarm', { messageId });
    return typeof change === 'string' ? [] : [change];
  });
}
