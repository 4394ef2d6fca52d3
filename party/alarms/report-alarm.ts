import type { Chat } from '../chat.ts';
import { ChatGoneError, SendPendingError } from '../errors.ts';
import { loggable } from '../loggable.ts';
import type { Services } from '../services.ts';
import type { AlarmChange } from './alarms.ts';

/** What reporting alarms needs of the services. */
export type AlarmServices = Pick<Services, 'alarms' | 'parties' | 'hosts' | 'log'>;

type AlarmChat = Pick<Chat, 'reportAlarm'>;

/**
 * Reports an alarm that went off: to the party's chat if a party is on, else to each host in private. That it is over
 * is reported where it was reported that it went off. Each chat hears of each change once.
 *
 * @throws when a chat did not hear of it and may hear of it later: the change is to be brought again
 */
export async function reportAlarm(
  services: AlarmServices,
  chat: AlarmChat,
  change: AlarmChange,
): Promise<void> {
  if (change.state === 'over') {
    await reportToAll(services, chat, change, await services.alarms.waitingForEnd(change));
    return;
  }
  const party = await services.parties.on();
  const isHeard = party !== undefined && (await reportToAll(services, chat, change, [party.chatId]));
  if (!isHeard) await reportToHosts(services, chat, change);
}

async function reportToHosts(services: AlarmServices, chat: AlarmChat, change: AlarmChange): Promise<void> {
  const { hosts, log } = services;
  // A host's private chat has the host's own id (Bot API, Chat).
  const chats = (await hosts.list()).map(({ userId }) => userId);
  if (chats.length === 0) log.warn('An alarm has no host to hear of it', { alarm: change.name });
  await reportToAll(services, chat, change, chats);
}

/** @returns false when one of the chats is gone */
async function reportToAll(
  services: AlarmServices,
  chat: AlarmChat,
  change: AlarmChange,
  chats: readonly number[],
): Promise<boolean> {
  const outcomes = await Promise.allSettled(chats.map((chatId) => reportTo(services, chat, change, chatId)));
  for (const outcome of outcomes) if (outcome.status === 'rejected') throw outcome.reason;
  return outcomes.every((outcome) => outcome.status === 'fulfilled' && outcome.value);
}

/** @returns false when the chat is gone: then no later try would help, and the message counts as done */
async function reportTo(
  { alarms, log }: AlarmServices,
  chat: AlarmChat,
  change: AlarmChange,
  chatId: number,
): Promise<boolean> {
  let isThere = true;
  const delivery = await alarms.deliver(change, chatId, async () => {
    try {
      await chat.reportAlarm(chatId, change);
    } catch (error) {
      log.warn('An alarm was not reported to a chat', { alarm: change.name, ...loggable(error) });
      if (!(error instanceof ChatGoneError)) throw error;
      isThere = false;
    }
  });
  if (delivery.outcome === 'in progress')
    throw new SendPendingError(`${change.name} is being reported by another, or waits for its next try.`);
  if ('error' in delivery) throw delivery.error;
  return isThere;
}
