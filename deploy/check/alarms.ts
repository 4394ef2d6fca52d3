import {
  type CloudWatchClient,
  paginateDescribeAlarms,
  SetAlarmStateCommand,
} from '@aws-sdk/client-cloudwatch';
import type { ChangeItem } from '../../party/alarms/alarms.ts';
import type { Table } from '../../party/stores/table.ts';
import { CommandError } from '../errors.ts';
import { checkText as text } from './check.text.ts';
import { type Waiting, waitFor } from './wait.ts';

/**
 * Sets off each alarm of a house, and sees that its chat hears of it; then that it is over.
 *
 * @throws CommandError with the alarms of which nobody heard
 */
export async function tryAlarms(
  cloudWatch: CloudWatchClient,
  table: Table,
  stack: string,
  waiting: Waiting,
  say: (line: string) => void,
): Promise<void> {
  const names = await alarmsOf(cloudWatch, stack);
  if (names.length === 0) throw new CommandError(text.noAlarm);
  const unheard: string[] = [];
  for (const name of names) {
    const began = Date.now();
    const set = (StateValue: 'ALARM' | 'OK') =>
      cloudWatch.send(
        new SetAlarmStateCommand({ AlarmName: name, StateValue, StateReason: 'npm run check-aws' }),
      );
    await set('ALARM');
    const isTold = await waitFor(() => toldOf(table, name, began), waiting);
    await set('OK');
    if (!isTold) unheard.push(text.alarmNotTold(name));
    say(isTold ? text.alarmTold(name, (Date.now() - began) / 1000) : text.alarmNotTold(name));
  }
  if (unheard.length > 0) throw new CommandError(unheard.join('\n'));
}

async function alarmsOf(client: CloudWatchClient, stack: string): Promise<string[]> {
  const names: string[] = [];
  for await (const { MetricAlarms = [] } of paginateDescribeAlarms(
    { client },
    { AlarmNamePrefix: `${stack}-` },
  ))
    names.push(...MetricAlarms.map(({ AlarmName = '' }) => AlarmName));
  return names;
}

/** Whether a chat has heard that it went off. CloudWatch's clock may be a little behind this one. */
async function toldOf(table: Table, name: string, since: number): Promise<true | undefined> {
  const changes = await table.query<ChangeItem>(`ALARM#${name}`, 'change#');
  const isNew = ({ state, time, claim }: ChangeItem) =>
    state === 'on' && claim === 'done' && time > since - clocksApart;
  return changes.some(isNew) || undefined;
}

const clocksApart = 60_000;
