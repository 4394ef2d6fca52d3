import { Fragment } from 'preact';
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import { DownIcon, UpIcon } from '../icons.tsx';
import { Bubble, type BubbleActions } from './bubble.tsx';
import { groupsOf } from './grouping.ts';
import { menuItems } from './menu-items.ts';
import { type MenuItem, type MenuPlace, MessageMenu } from './message-menu.tsx';
import { keepOneInTabOrder, messageBeside } from './tab-order.ts';
import type { Message } from './types.ts';
import { useChangedAbove } from './use-changed-above.ts';

interface MessageListProps extends Omit<BubbleActions, 'onGo' | 'onMenu'> {
  readonly messages: readonly Message[];
  readonly personId: number;
  readonly inGroup: boolean;
  readonly waiting: ReadonlySet<string>;
  /** The newest message that the bot has taken. */
  readonly readUpTo: number;
  readonly onEdit: (message: Message) => void;
  readonly onDelete: (messages: readonly Message[]) => void;
  /** What the bot is doing, in words. */
  readonly action?: string | undefined;
}

/** Only so many of the newest are drawn at first, and as many more each time. */
const pageOfMessages = 150;
/** This near to the end, in pixels, one sees the newest and wants to go on seeing it. */
const nearEnd = 60;
/** How long a message that one was led to is marked, in milliseconds. */
const markedFor = 1600;

/** What was said, newest below; the place is kept while one reads further up. */
export function MessageList(props: MessageListProps) {
  const { messages, personId, inGroup, waiting, readUpTo, action, onEdit, onDelete, ...actions } = props;
  const list = useRef<HTMLDivElement>(null);
  const content = useRef<HTMLDivElement>(null);
  const atEnd = useRef(true);
  const chosen = useRef<HTMLElement | undefined>(undefined);
  const measured = useRef({ scrollHeight: 0, clientHeight: 0 });
  const [away, setAway] = useState(false);
  const [shown, setShown] = useState(pageOfMessages);
  const [goal, setGoal] = useState<{ readonly id: number }>();
  const [menu, setMenu] = useState<{ readonly items: readonly MenuItem[]; readonly place: MenuPlace }>();
  const { changed, lookAgain } = useChangedAbove(messages, list);
  const newest = messages.at(-1);
  const groups = groupsOf(messages.slice(-shown));

  const toEnd = () => {
    if (!list.current) return;
    const { scrollHeight, clientHeight } = list.current;
    measured.current = { scrollHeight, clientHeight };
    list.current.scrollTo({ top: scrollHeight });
  };
  const onScroll = () => {
    // The browser tells of a scroll a frame later: the chat may have been left by then.
    if (!list.current) return;
    lookAgain();
    const { scrollTop, scrollHeight, clientHeight } = list.current;
    const before = measured.current;
    // The window was turned, or a keyboard opened: that was not the reader, who goes on seeing the newest.
    const resized = scrollHeight !== before.scrollHeight || clientHeight !== before.clientHeight;
    if (resized && atEnd.current) return toEnd();
    measured.current = { scrollHeight, clientHeight };
    atEnd.current = scrollHeight - scrollTop - clientHeight < nearEnd;
    setAway(!atEnd.current);
  };
  const goTo = (id: number) => {
    const at = messages.findIndex(({ message_id }) => message_id === id);
    if (at < 0) return;
    setShown((before) => Math.max(before, messages.length - at + 1));
    setGoal({ id });
  };
  const choose = (message: HTMLElement | undefined) => {
    chosen.current = message;
    if (list.current) keepOneInTabOrder(list.current, message);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const by = { ArrowUp: -1, ArrowDown: 1 }[event.key];
    const isTyping = event.target instanceof HTMLInputElement;
    if (by === undefined || isTyping || !list.current) return;
    const beside = messageBeside(list.current, by);
    if (!beside) return;
    event.preventDefault();
    choose(beside);
    beside.focus();
  };

  useLayoutEffect(() => {
    if (atEnd.current || newest?.from?.id === personId) toEnd();
  }, [messages, action]);
  useLayoutEffect(() => {
    if (list.current) keepOneInTabOrder(list.current, chosen.current);
  });
  useEffect(() => {
    const drawn =
      goal && groups.find(({ messages }) => messages.some(({ message_id }) => message_id === goal.id));
    const last = drawn?.messages.at(-1)?.message_id;
    const found = list.current?.querySelector<HTMLElement>(`article[data-message-id="${last}"]`);
    if (!found) return;
    atEnd.current = false;
    found.scrollIntoView({ block: 'center' });
    found.classList.add('marked');
    const timer = setTimeout(() => found.classList.remove('marked'), markedFor);
    return () => {
      clearTimeout(timer);
      found.classList.remove('marked');
    };
  }, [goal]);
  useEffect(() => {
    const watched = new ResizeObserver(() => atEnd.current && toEnd());
    watched.observe(list.current!);
    watched.observe(content.current!);
    return () => watched.disconnect();
  }, []);

  return (
    <div class="messages-frame">
      <div
        class="messages"
        role="log"
        aria-label="Messages"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, so the keyboard must get there
        tabIndex={0}
        ref={list}
        onScroll={onScroll}
        onKeyDown={onKeyDown}
      >
        <div class="messages-content" ref={content}>
          {messages.length > shown && (
            <button type="button" class="quiet" onClick={() => setShown(shown + pageOfMessages)}>
              Show earlier messages
            </button>
          )}
          {groups.map(({ messages: album, day, newSender }) => {
            const mine = album[0]!.from?.id === personId;
            return (
              <Fragment key={album[0]!.message_id}>
                {day && <p class="day">{day}</p>}
                <Bubble
                  {...actions}
                  messages={album}
                  mine={mine}
                  isRead={album.at(-1)!.message_id <= readUpTo}
                  named={inGroup && newSender}
                  waiting={waiting}
                  onGo={goTo}
                  onMenu={(place) =>
                    setMenu({
                      items: menuItems(album, mine, { onReply: actions.onReply, onEdit, onDelete }),
                      place,
                    })
                  }
                />
              </Fragment>
            );
          })}
          {action && <p class="action">{action}</p>}
        </div>
      </div>
      {changed !== undefined && (
        <button type="button" class="changed-above" onClick={() => goTo(changed)}>
          <UpIcon /> Answered above
        </button>
      )}
      {away && (
        <button type="button" class="to-end" aria-label="Go to the newest message" onClick={toEnd}>
          <DownIcon />
        </button>
      )}
      {menu && <MessageMenu {...menu} onClose={() => setMenu(undefined)} />}
    </div>
  );
}
