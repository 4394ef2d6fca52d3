import { PlusIcon } from '../icons.tsx';
import type { Chat } from './types.ts';

interface ChatListProps {
  readonly chats: readonly Chat[];
  readonly botName: string;
  readonly openChat: number | undefined;
  readonly unread: Readonly<Record<number, number>>;
  readonly onOpen: (chatId: number) => void;
  readonly onNewGroup: () => void;
  /** Begins *Show me*, where it is offered here. */
  readonly onShowMe?: (() => void) | undefined;
}

/** The person's chats, with how much is unread in each. */
export function ChatList({ chats, botName, openChat, unread, onOpen, onNewGroup, onShowMe }: ChatListProps) {
  return (
    <nav class="chats" aria-label="Chats">
      {chats.map((chat) => (
        <button
          type="button"
          key={chat.id}
          class="chip"
          aria-current={chat.id === openChat ? 'true' : undefined}
          onClick={() => onOpen(chat.id)}
        >
          {titleOf(chat, botName)}
          {(unread[chat.id] ?? 0) > 0 && (
            <span class="badge" role="img" aria-label={`${unread[chat.id]} unread`}>
              {unread[chat.id]}
            </span>
          )}
        </button>
      ))}
      <button type="button" class="chip quiet" aria-label="New group" onClick={onNewGroup}>
        <PlusIcon />
      </button>
      {onShowMe && (
        <button type="button" class="chip quiet show-me" onClick={onShowMe}>
          Show me
        </button>
      )}
    </nav>
  );
}

/** A private chat is called as the one at its other end. */
export const titleOf = (chat: Chat, botName: string) =>
  chat.type === 'private' ? botName : (chat.title ?? 'Group');
