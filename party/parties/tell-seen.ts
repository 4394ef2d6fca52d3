import type { Chat } from '../chat.ts';
import type { Services } from '../services.ts';
import type { Party } from './party.ts';

/**
 * The message about a party's start says that the door is watched, as soon as the first picture has come. If that
 * message is not there yet, whoever writes it says so.
 */
export async function tellSeen(
  { parties }: Pick<Services, 'parties'>,
  chat: Pick<Chat, 'showStart'>,
  party: Party,
): Promise<void> {
  const { startMessage: messageId, startTold, startInvited: invited, endsAt } = party;
  if (messageId === undefined || invited === undefined || startTold === 'seen') return;
  const start = { state: 'on', endsAt, door: 'seen', invited } as const;
  await chat.showStart({ ...party, messageId, start });
  await parties.toldStart(party, start);
}
