import type { Key } from '../stores/table.ts';

/**
 * Where messages of a party go: a chat, in a forum one of its topics, and the host who gets them in private where the
 * chat cannot be written to.
 */
export interface Place {
  readonly chatId: number;
  /** Telegram's `message_thread_id`. */
  readonly threadId?: number;
  /** The host's private chat, which has the host's own id (Bot API, Chat). */
  readonly hostId?: number;
}

/** A place with nothing besides. */
export const placeOf = ({ chatId, threadId, hostId }: Place): Place => ({
  chatId,
  ...(threadId !== undefined && { threadId }),
  ...(hostId !== undefined && { hostId }),
});

/** What goes to another place than its own now. */
export function placeAt<Item extends Place>(item: Item, to: Place): Item {
  const { chatId, threadId, hostId, ...rest } = item;
  return { ...rest, ...placeOf(to) } as Item;
}

/** What people are told unasked, in the order in which a chat that takes few messages gets them. */
export const messageKinds = [
  ...(['arrival', 'picture', 'notice', 'silence', 'gap', 'alarm', 'recap', 'recapPicture'] as const),
  ...(['card', 'sign-up'] as const),
  // An arrival, once more, as it is posted to a program.
  'webhook',
] as const;
export type MessageKind = (typeof messageKinds)[number];

/** Arrivals first: a guest stands at the door. Then their pictures, then all else in the order of its time. */
const priorities: Readonly<Partial<Record<MessageKind, number>>> = { arrival: 0, picture: 1 };
const lowest = 2;

/** A message that is to be sent once. */
export interface Message {
  readonly kind: MessageKind;
  /** Its item, which says how far it is (see Claims) and keeps its details. */
  readonly key: Key;
  readonly place: Place;
  /** Orders those of one kind; milliseconds since 1970. */
  readonly time: number;
  /** What it is made of. */
  readonly details: Readonly<Record<string, unknown>>;
}

/** The partition of all messages that are not sent yet. */
export const pendingPartition = 'OUTBOX';

/** What the keys of a chat's pending messages begin with. */
export const pendingPrefix = (chatId: number): string => `${chatId}#`;

/** Where a message stands among the pending ones: by its chat, then in the order of sending. */
export function pendingKey({ kind, key, place, time }: Message): Key {
  const order = `${priorities[kind] ?? lowest}#${String(time).padStart(15, '0')}`;
  return { pk: pendingPartition, sk: `${pendingPrefix(place.chatId)}${order}#${key.pk}#${key.sk}` };
}
