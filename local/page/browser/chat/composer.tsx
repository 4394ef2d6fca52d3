import type { BotCommand } from 'grammy/types';
import { useEffect, useId, useLayoutEffect, useRef, useState } from 'preact/hooks';
import { AttachIcon, CloseIcon, SendIcon } from '../icons.tsx';
import { type Attachment, type FileKind, isToSend, Tray } from './attachments.tsx';
import { CommandMenu, matchingCommands } from './command-menu.tsx';
import { summary } from './summary.ts';
import type { Message } from './types.ts';

interface ComposerProps {
  readonly commands: readonly BotCommand[];
  readonly attachments: readonly Attachment[];
  readonly replyTo?: Message | undefined;
  /** A message that is being changed. */
  readonly editing?: Message | undefined;
  /** The part of a file that is sent, 0 to 1, while one is being sent. */
  readonly progress?: number | undefined;
  readonly onAttach: (files: Iterable<File>) => void;
  readonly onRemove: (id: number) => void;
  readonly onSendAs: (id: number, kind: FileKind) => void;
  readonly onNoReply: () => void;
  readonly onNoEdit: () => void;
  /** @returns whether it was sent; if not, the text is kept */
  readonly onSend: (text: string) => Promise<boolean>;
}

/** Where a message is written. */
export function Composer({ commands, attachments, replyTo, editing, progress, ...on }: ComposerProps) {
  const [text, setText] = useState('');
  const [menuOpen, setMenuOpen] = useState(false);
  const [active, setActive] = useState(-1);
  const box = useRef<HTMLTextAreaElement>(null);
  const files = useRef<HTMLInputElement>(null);
  const menuId = useId();
  const offered = menuOpen ? commands : matchingCommands(text, commands);
  // A file's caption may be taken away.
  const hasFiles = attachments.some(isToSend);
  const mayBeEmpty = hasFiles || (editing !== undefined && editing.text === undefined);
  const empty = text.trim() === '' && !mayBeEmpty;
  const sendable = !empty && progress === undefined;

  useLayoutEffect(() => {
    if (!box.current) return;
    box.current.style.height = 'auto';
    // While the chat is not shown it has no height.
    if (box.current.scrollHeight === 0) return;
    // The height that is set counts the border, what scrolls does not.
    const border = box.current.offsetHeight - box.current.clientHeight;
    box.current.style.height = `${box.current.scrollHeight + border}px`;
  }, [text]);
  useEffect(() => {
    if (replyTo || attachments.length > 0) box.current?.focus();
  }, [replyTo, attachments.length]);

  useEffect(() => {
    if (!editing) return;
    setText(editing.text ?? editing.caption ?? '');
    box.current?.focus();
  }, [editing]);
  const giveUpEdit = () => {
    setText('');
    on.onNoEdit();
  };

  const send = async (words: string) => {
    setMenuOpen(false);
    setActive(-1);
    setText('');
    if (!(await on.onSend(words))) setText((newer) => newer || words);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.isComposing) return;
    if (event.key === 'Escape') {
      setMenuOpen(false);
      setActive(-1);
      on.onNoReply();
      if (editing) giveUpEdit();
    } else if (offered.length > 0 && (event.key === 'ArrowDown' || event.key === 'ArrowUp')) {
      event.preventDefault();
      const step = event.key === 'ArrowDown' ? 1 : -1;
      setActive((active + step + offered.length) % offered.length);
    } else if (offered[active] && event.key === 'Tab') {
      event.preventDefault();
      setText(`/${offered[active].command} `);
    } else if (event.key === 'Enter' && !event.shiftKey) {
      event.preventDefault();
      const command = offered[active];
      if (command) send(`/${command.command}`);
      else if (sendable) send(text.trim());
    }
  };

  return (
    <div class="composer">
      {offered.length > 0 && (
        <CommandMenu id={menuId} commands={offered} active={active} onChoose={(command) => send(command)} />
      )}
      {replyTo && (
        <div class="replying">
          <blockquote class="quote">
            <span class="sender">Reply to</span>
            <span>{summary(replyTo)}</span>
          </blockquote>
          <button type="button" class="quiet" aria-label="Do not reply" onClick={on.onNoReply}>
            <CloseIcon />
          </button>
        </div>
      )}
      {editing && (
        <div class="replying">
          <blockquote class="quote">
            <span class="sender">Edit</span>
            <span>{summary(editing)}</span>
          </blockquote>
          <button type="button" class="quiet" aria-label="Do not edit" onClick={giveUpEdit}>
            <CloseIcon />
          </button>
        </div>
      )}
      <Tray attachments={attachments} onRemove={on.onRemove} onSendAs={on.onSendAs} />
      {progress !== undefined && <progress value={progress} max={1} aria-label="Sending" />}
      <div class="composer-row">
        <button type="button" class="quiet" aria-label="Attach a file" onClick={() => files.current?.click()}>
          <AttachIcon />
        </button>
        <input
          ref={files}
          type="file"
          multiple
          hidden
          aria-label="Files to attach"
          onChange={(event) => {
            on.onAttach([...(event.currentTarget.files ?? [])]);
            event.currentTarget.value = '';
          }}
        />
        <textarea
          ref={box}
          rows={1}
          value={text}
          aria-label="Message"
          aria-controls={offered.length > 0 ? menuId : undefined}
          aria-activedescendant={active >= 0 ? `${menuId}-${active}` : undefined}
          placeholder={hasFiles ? 'Add a name or caption' : 'Write a message'}
          onInput={(event) => {
            setText(event.currentTarget.value);
            setActive(-1);
            setMenuOpen(false);
          }}
          onKeyDown={onKeyDown}
          onPaste={(event) => {
            const pasted = [...(event.clipboardData?.files ?? [])];
            if (pasted.length > 0) {
              event.preventDefault();
              on.onAttach(pasted);
            }
          }}
        />
        {commands.length > 0 && text === '' && (
          <button
            type="button"
            class="quiet slash"
            aria-label="Commands"
            aria-expanded={menuOpen}
            onClick={() => {
              setMenuOpen(!menuOpen);
              box.current?.focus();
            }}
          >
            /
          </button>
        )}
        <button
          type="button"
          class="send"
          aria-label="Send"
          disabled={!sendable}
          onClick={() => send(text.trim())}
        >
          <SendIcon />
        </button>
      </div>
    </div>
  );
}
