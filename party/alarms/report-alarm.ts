import type { Chat } from '../chat.ts';
import { ChatGoneError, OvertakenError } from '../errors.ts';
import { loggable } from '../loggable.ts';
import type { Deliver } from '../outbox/deliveries.ts';
import type { Delivery } from '../outbox/delivery.ts';
import type { Dispatcher } from '../outbox/dispatcher.ts';
import type { Message, Place } from '../outbox/message.ts';
import { partyPlace } from '../parties/party.ts';
import type { Services } from '../services.ts';
import { type AlarmChange, alarmMessage, type ChangeItem } from './alarms.ts';

/** What reporting alarms needs of the services. */
export type AlarmServices = Pick<Services, 'alarms' | 'parties' | 'hosts' | 'log' | 'now'>;

/**
 * Reports an alarm that went off: to the party's chat if a party is on, else to each host in private. That it is over
 * is reported where it was reported that it went off. Each chat hears of each change once.
 */
export async function reportAlarm(
  services: AlarmServices,
  dispatcher: Pick<Dispatcher, 'send'>,
  change: AlarmChange,
): Promise<void> {
  const { alarms, parties, hosts, now, log } = services;
  const send = (place: Place) => dispatcher.send(alarmMessage(change, place, now()));
  if (change.state === 'over') {
    await Promise.all((await alarms.waitingForEnd(change)).map(send));
    return;
  }
  const party = await parties.on();
  const chats: Place[] = party ? [withoutHost(partyPlace(party))] : await privateChats(hosts);
  if (chats.length === 0) log.warn('An alarm has no host to hear of it', { alarm: change.name });
  await Promise.all(chats.map(send));
}

/** If a party's chat is gone, each host hears of the alarm instead. */
export function deliverAlarm(
  { hosts, log, now }: Pick<AlarmServices, 'hosts' | 'log' | 'now'>,
  chat: Pick<Chat, 'reportAlarm'>,
  send: (message: Message) => Promise<Delivery>,
): Deliver {
  return async ({ name, state, time, chatId }: ChangeItem, place) => {
    const change: AlarmChange = { name, state, time };
    try {
      await chat.reportAlarm(place, change);
    } catch (error) {
      const others = (await privateChats(hosts)).filter((host) => host.chatId !== chatId);
      const isOnesOwn = chatId > 0;
      if (!(error instanceof ChatGoneError) || isOnesOwn || others.length === 0) throw error;
      log.warn('An alarm is reported to the hosts instead', { alarm: name, ...loggable(error) });
      await Promise.all(others.map((host) => send(alarmMessage(change, host, now()))));
      throw new OvertakenError('The chat is gone; the hosts are told instead.');
    }
  };
}

/** A host's private chat has the host's own id (Bot API, Chat). */
const privateChats = async (hosts: AlarmServices['hosts']): Promise<Place[]> =>
  (await hosts.list()).map(({ userId }) => ({ chatId: userId }));

/** All hosts hear of an alarm whose chat is gone, and not only the party's. */
const withoutHost = ({ chatId, threadId }: Place): Place => ({
  chatId,
  ...(threadId !== undefined && { threadId }),
});
