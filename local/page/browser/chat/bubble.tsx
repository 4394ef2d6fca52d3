import type { UsersShared } from 'grammy/types';
import { MoreIcon, ReplyIcon } from '../icons.tsx';
import { FormattedText } from './formatted-text.tsx';
import { InlineKeyboard } from './keyboard.tsx';
import { Media } from './media.tsx';
import type { MenuPlace } from './message-menu.tsx';
import { Quote } from './quote.tsx';
import { shownWords } from './shown-words.ts';
import { clockTime, fullTime } from './times.ts';
import { type Message, nameOf } from './types.ts';

/** What can be done from within a message. */
export interface BubbleActions {
  readonly onPress: (message: Message, data: string) => void;
  readonly onReply: (message: Message) => void;
  /** Leads to another message of this chat, by its number. */
  readonly onGo: (messageId: number) => void;
  /** Asks what else can be done, at this place of the window. */
  readonly onMenu: (place: MenuPlace) => void;
  readonly onEnlarge: (message: Message) => void;
  readonly onCommand: (command: string) => void;
  readonly onLink: (address: string) => (() => void) | undefined;
}

interface BubbleProps extends BubbleActions {
  /** One message, or the pictures of an album. */
  readonly messages: readonly Message[];
  readonly mine: boolean;
  /** Whether the bot has taken it. */
  readonly isRead: boolean;
  /** Whether the sender's name is shown: in groups, at the first of several. */
  readonly named: boolean;
  readonly waiting: ReadonlySet<string>;
}

/** A message, or an album's messages together, as a bubble. */
export function Bubble({ messages, mine, isRead, named, waiting, ...actions }: BubbleProps) {
  const last = messages.at(-1)!;
  const { reply_to_message: replied, from } = messages[0]!;
  const sender = from ? nameOf(from) : 'Someone';
  const words = messages.find(({ text, caption }) => text ?? caption);
  const service = serviceText(last);
  if (service !== undefined) return <p class="service">{service}</p>;
  return (
    <article
      class={`message ${mine ? 'mine' : 'theirs'}`}
      aria-label={`${mine ? 'You' : sender}, ${clockTime(last.date)}`}
      data-message-id={last.message_id}
      tabIndex={-1}
    >
      {/* biome-ignore lint/a11y/noStaticElementInteractions: the button beside it does the same */}
      <div
        class="bubble"
        onContextMenu={(event) => {
          // A link, and words that are marked, have the browser's own menu.
          if (isOwnMenus(event)) return;
          event.preventDefault();
          actions.onMenu({ x: event.clientX, y: event.clientY });
        }}
      >
        {named && !mine && <span class="sender">{sender}</span>}
        {replied && <Quote of={replied} onGo={() => actions.onGo(replied.message_id)} />}
        <div class={messages.length > 1 ? 'album' : 'media'}>
          {messages.map((message) => (
            <Media key={message.message_id} message={message} onEnlarge={actions.onEnlarge} />
          ))}
        </div>
        {words && (
          <FormattedText {...shownWords(words)} onCommand={actions.onCommand} onLink={actions.onLink} />
        )}
        <time class="time" dateTime={new Date(last.date * 1000).toISOString()} title={fullTime(last.date)}>
          {last.edit_date ? 'edited ' : ''}
          {clockTime(last.date)}
          {mine && (
            <span class="ticks" role="img" aria-label={isRead ? 'Read' : 'Sent'}>
              {isRead ? '✓✓' : '✓'}
            </span>
          )}
        </time>
        {last.reaction?.map((reaction) =>
          reaction.type === 'emoji' ? (
            <span class="reaction" key={reaction.emoji}>
              {reaction.emoji}
            </span>
          ) : null,
        )}
      </div>
      <div class="message-actions">
        <button
          type="button"
          class="quiet"
          aria-label="Reply to this message"
          onClick={() => actions.onReply(last)}
        >
          <ReplyIcon />
        </button>
        <button
          type="button"
          class="quiet"
          aria-label="More"
          aria-haspopup="menu"
          onClick={({ currentTarget }) => {
            const { left, bottom } = currentTarget.getBoundingClientRect();
            actions.onMenu({ x: left, y: bottom });
          }}
        >
          <MoreIcon />
        </button>
      </div>
      <InlineKeyboard message={last} waiting={waiting} onPress={(data) => actions.onPress(last, data)} />
    </article>
  );
}

/** Whether the browser's own menu is of more use at this place. */
function isOwnMenus({ target }: MouseEvent): boolean {
  const isLink = target instanceof Element && target.closest('a') !== null;
  return isLink || getSelection()?.isCollapsed === false;
}

/** What happened in a group, which Telegram shows between the bubbles. */
function serviceText({ from, new_chat_members, left_chat_member, ...message }: Message): string | undefined {
  const who = from ? nameOf(from) : 'Someone';
  if (message.supergroup_chat_created || message.group_chat_created) return `${who} made the group`;
  if (new_chat_members) return `${who} added ${new_chat_members.map(nameOf).join(', ')}`;
  if (message.users_shared) return `${who} shared ${sharedNames(message.users_shared)} with the bot`;
  if (left_chat_member) return `${nameOf(left_chat_member)} left the group`;
  return undefined;
}

const sharedNames = ({ users }: UsersShared): string =>
  users
    .map(({ first_name, last_name, user_id }) => (first_name ? nameOf({ first_name, last_name }) : user_id))
    .join(', ');
