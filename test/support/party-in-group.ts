import type { TestContext } from 'node:test';
import { type Arrival, arrivalMessage } from '../../party/arrivals/arrivals.ts';
import { createDispatcher } from '../../party/dispatch.ts';
import { partyPlace } from '../../party/parties/party.ts';
import { chatOf } from './bot-chat.ts';
import { openBotHouse, says } from './bot-house.ts';

/** A party in a group, or in a topic of one. */
export async function openParty(t: TestContext, { basic = false, topic = false, botIsAdmin = true } = {}) {
  const house = await openBotHouse(t);
  const { host, services } = house;
  const group = basic
    ? await host.createBasicGroup('The flat', [])
    : await host.createGroup('The flat', [], botIsAdmin);
  const threadId = topic
    ? (await host.changeGroup(group.id, { open_topic: 'Door' })).topics[0]!.id
    : undefined;
  const extras = threadId === undefined ? {} : { topic: threadId };
  await host.say(group.id, '/start_party 1h', extras);
  await host.waitForMessage(says(/^The party’s on/));
  const dispatcher = createDispatcher(services, chatOf(house));
  const arrives = async (name: string) => {
    const party = (await services.parties.on())!;
    const box = { left: 0, top: 0, width: 0.1, height: 0.2 };
    const who = { partyId: party.id, guestId: name.toLowerCase(), name, ...partyPlace(party) };
    const arrival: Arrival = { ...who, time: Date.now(), box, similarity: 95 };
    return dispatcher.send(arrivalMessage(arrival));
  };
  const texts = async (chat: number): Promise<string[]> =>
    (await host.messages(chat)).flatMap(({ text, from }) => (from?.is_bot && text ? [text] : []));
  return { ...house, group: group.id, threadId, dispatcher, arrives, texts };
}
