import { Fragment } from 'preact';
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import { DownIcon } from '../icons.tsx';
import { Bubble, type BubbleActions } from './bubble.tsx';
import { groupsOf } from './grouping.ts';
import type { Message } from './types.ts';

interface MessageListProps extends BubbleActions {
  readonly messages: readonly Message[];
  readonly personId: number;
  readonly inGroup: boolean;
  readonly waiting: ReadonlySet<string>;
  /** What the bot is doing, in words. */
  readonly action?: string | undefined;
}

/** Only so many of the newest are drawn at first, and as many more each time. */
const pageOfMessages = 150;
/** This near to the end, in pixels, one sees the newest and wants to go on seeing it. */
const nearEnd = 60;

/** What was said, newest below; the place is kept while one reads further up. */
export function MessageList({ messages, personId, inGroup, waiting, action, ...actions }: MessageListProps) {
  const list = useRef<HTMLDivElement>(null);
  const content = useRef<HTMLDivElement>(null);
  const atEnd = useRef(true);
  const measured = useRef({ scrollHeight: 0, clientHeight: 0 });
  const [away, setAway] = useState(false);
  const [shown, setShown] = useState(pageOfMessages);
  const newest = messages.at(-1);

  const toEnd = () => {
    if (!list.current) return;
    const { scrollHeight, clientHeight } = list.current;
    measured.current = { scrollHeight, clientHeight };
    list.current.scrollTo({ top: scrollHeight });
  };
  const onScroll = () => {
    // The browser tells of a scroll a frame later: the chat may have been left by then.
    if (!list.current) return;
    const { scrollTop, scrollHeight, clientHeight } = list.current;
    const before = measured.current;
    // The window was turned, or a keyboard opened: that was not the reader, who goes on seeing the newest.
    const resized = scrollHeight !== before.scrollHeight || clientHeight !== before.clientHeight;
    if (resized && atEnd.current) return toEnd();
    measured.current = { scrollHeight, clientHeight };
    atEnd.current = scrollHeight - scrollTop - clientHeight < nearEnd;
    setAway(!atEnd.current);
  };

  useLayoutEffect(() => {
    if (atEnd.current || newest?.from?.id === personId) toEnd();
  }, [messages, action]);
  useEffect(() => {
    const watched = new ResizeObserver(() => atEnd.current && toEnd());
    watched.observe(list.current!);
    watched.observe(content.current!);
    return () => watched.disconnect();
  }, []);

  return (
    <div class="messages-frame">
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, so the keyboard must get there */}
      <div class="messages" role="log" aria-label="Messages" tabIndex={0} ref={list} onScroll={onScroll}>
        <div class="messages-content" ref={content}>
          {messages.length > shown && (
            <button type="button" class="quiet" onClick={() => setShown(shown + pageOfMessages)}>
              Show earlier messages
            </button>
          )}
          {groupsOf(messages.slice(-shown)).map(({ messages: album, day, newSender }) => (
            <Fragment key={album[0]!.message_id}>
              {day && <p class="day">{day}</p>}
              <Bubble
                {...actions}
                messages={album}
                mine={album[0]!.from?.id === personId}
                named={inGroup && newSender}
                waiting={waiting}
              />
            </Fragment>
          ))}
          {action && <p class="action">{action}</p>}
        </div>
      </div>
      {away && (
        <button type="button" class="to-end" aria-label="Go to the newest message" onClick={toEnd}>
          <DownIcon />
        </button>
      )}
    </div>
  );
}
