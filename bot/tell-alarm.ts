import { type Api, GrammyError } from 'grammy';
import type { AlarmChange } from '../party/alarms/alarms.ts';
import { loggable } from '../party/loggable.ts';
import type { Services } from '../party/services.ts';
import { alarmText } from './alarms.text.ts';
import { BeingToldError } from './errors.ts';

/** What telling of alarms needs of the services. */
export type AlarmServices = Pick<Services, 'alarms' | 'parties' | 'hosts' | 'log'>;

/**
 * Tells of an alarm that went off: the party's chat if a party is on, else each host in private. That it is over
 * is told where it was told that it went off. Each chat hears of each change once.
 *
 * @throws when a chat could not be told and may be told later: the change is to be brought again
 */
export function createAlarmTeller(
  services: AlarmServices,
  api: Pick<Api, 'sendMessage'>,
): (change: AlarmChange) => Promise<void> {
  const { alarms, parties, hosts, log } = services;

  async function hostsHear(change: AlarmChange): Promise<void> {
    // A host's private chat has the host's own id (Bot API, Chat).
    const chats = (await hosts.list()).map(({ userId }) => userId);
    if (chats.length === 0) log.warn('There is no host to tell of an alarm', { alarm: change.name });
    await allHear(change, chats);
  }

  /** @returns false when one of the chats is gone */
  async function allHear(change: AlarmChange, chats: readonly number[]): Promise<boolean> {
    const outcomes = await Promise.allSettled(chats.map((chatId) => hears(change, chatId)));
    for (const outcome of outcomes) if (outcome.status === 'rejected') throw outcome.reason;
    return outcomes.every((outcome) => outcome.status === 'fulfilled' && outcome.value);
  }

  async function hears(change: AlarmChange, chatId: number): Promise<boolean> {
    const claimed = await alarms.claim(change, chatId);
    if (claimed.outcome === 'done') return true;
    if (claimed.outcome === 'in progress')
      throw new BeingToldError(`${change.name} is being told by another.`);
    let there = true;
    try {
      await api.sendMessage(chatId, alarmText(change));
    } catch (error) {
      log.warn('A chat was not told of an alarm', { alarm: change.name, ...loggable(error) });
      there = false;
      if (!isGone(error)) {
        if (error instanceof GrammyError) await alarms.notTold(change, chatId);
        throw error;
      }
    }
    await alarms.told(change, chatId);
    return there;
  }

  return async (change) => {
    if (change.state === 'over') {
      await allHear(change, await alarms.waitingForEnd(change));
      return;
    }
    const party = await parties.on();
    if (!party || !(await allHear(change, [party.chatId]))) await hostsHear(change);
  };
}

/** The chat is not there, or the bot is not wanted in it: no later try would help. */
function isGone(error: unknown): boolean {
  return error instanceof GrammyError && (error.error_code === 400 || error.error_code === 403);
}
