import type { TestContext } from 'node:test';
import { createApi } from '../../../bot/api.ts';
import { type ChatServices, createChat } from '../../../bot/chat.ts';
import type { PersonMessage } from '../../../local/telegram/state/messages.ts';
import type { Chat } from '../../../party/chat.ts';
import { openStand, type Stand, standToken } from '../../local/telegram/stand.ts';
import { keptStorage } from '../kept-storage.ts';
import { keptLog } from '../log.ts';
import { partyOn } from '../party.ts';
import { openTable } from '../table.ts';
import type { PersonClient } from './person-client.ts';

/** A party's services on a table of their own, and a group of Telegram's for its messages. */
export interface PartyChat {
  readonly services: ReturnType<typeof partyOn> & ChatServices;
  readonly chat: Chat;
  /** The group's id. */
  readonly chatId: number;
  /** What the bot has sent to the group, oldest first. */
  messages(): Promise<PersonMessage[]>;
}

/** A stand-in for Telegram with a host, for all tests of a file. */
export interface PartyChats {
  readonly stand: Stand;
  readonly host: PersonClient;
  /**
   * Opens a party's chat that ends with the test.
   *
   * @param options how long a call of its may take; longer than any does
   */
  open(t: TestContext, options?: { readonly timeoutSeconds?: number }): Promise<PartyChat>;
  close(): Promise<void>;
}

/** To be opened before the tests of a file, and closed after them. */
export async function openPartyChats(): Promise<PartyChats> {
  const ends: Array<() => unknown> = [];
  const stand = await openStand({ after: (end: () => unknown) => ends.push(end) } as unknown as TestContext);
  const host = await stand.person('host');
  return {
    stand,
    host,
    async open(t, { timeoutSeconds = 20 } = {}) {
      const { table, close } = await openTable();
      t.after(close);
      const { id: chatId } = await host.createGroup(t.name.slice(0, 60), []);
      const services = {
        ...partyOn(table),
        storage: keptStorage(),
        log: keptLog(),
      };
      const api = createApi(standToken, stand.root, timeoutSeconds);
      const chat = createChat(services, api, stand.telegram.bot.id);
      return {
        services,
        chat,
        chatId,
        messages: async () => (await host.messages(chatId)).filter(({ from }) => from?.is_bot),
      };
    },
    async close() {
      for (const end of ends) await end();
    },
  };
}
