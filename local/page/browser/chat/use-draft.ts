import { useState } from 'preact/hooks';
import { inWords } from '../http.ts';
import { notify } from '../notices.tsx';
import { type Attachment, attachment, type FileKind, isToSend } from './attachments.tsx';
import type { ChatEvent } from './chat-state.ts';
import { deleteMessage, edit, send } from './send.ts';
import type { Chat, Message, Person } from './types.ts';

interface DraftOptions {
  readonly chat: Chat;
  /** Who writes. */
  readonly person: Person;
  /** What this person is to start with, and has not yet. */
  readonly startCode?: string | undefined;
  readonly tell: (event: ChatEvent) => void;
}

/** What somebody is about to say in a chat: its files, what it answers or changes, and how far it is sent. */
export function useDraft({ chat, person, startCode, tell }: DraftOptions) {
  const [attachments, setAttachments] = useState<readonly Attachment[]>([]);
  const [replyTo, setReplyTo] = useState<Message>();
  const [editing, setEditing] = useState<Message>();
  /** The part of a file that is sent, 0 to 1, while one is being sent. */
  const [progress, setProgress] = useState<number>();

  const attach = (files: Iterable<File>) => {
    setAttachments((before) => [...before.filter(isToSend), ...[...files].map(attachment)]);
  };
  const sendAs = (id: number, kind: FileKind) =>
    setAttachments((all) => all.map((one) => (one.id === id ? { id, file: one.file, kind } : one)));
  const remove = (id: number) => setAttachments((all) => all.filter((one) => one.id !== id));

  const change = async (message: Message, text: string): Promise<boolean> => {
    try {
      tell({ type: 'edited', message: await edit(message, person.id, text) });
      setEditing(undefined);
      return true;
    } catch (error) {
      notify(inWords(error), 'error');
      return false;
    }
  };
  const erase = async (messages: readonly Message[]): Promise<void> => {
    try {
      for (const message of messages) {
        await deleteMessage(message, person.id);
        tell({ type: 'deleted', chatId: chat.id, messageId: message.message_id });
      }
    } catch (error) {
      notify(inWords(error), 'error');
    }
  };
  /** Sends these words, and not the draft's files. @returns whether they were sent */
  const say = async (written: string, files: readonly Attachment[] = []): Promise<boolean> => {
    // As whoever came by a link in Telegram, whose Start says what the link holds.
    const text = written === '/start' && startCode ? `/start ${startCode}` : written;
    const message = {
      chatId: chat.id,
      as: person.id,
      text,
      attachments: files,
      replyTo: replyTo?.message_id,
    };
    if (files.length > 0) setProgress(0);
    try {
      const went = await send(message, {
        onProgress: setProgress,
        onRefused: ({ id, file }, { message: problem, status }) => {
          // Where it stands in the draft, it says so itself.
          const isInDraft = attachments.some((one) => one.id === id);
          if (!isInDraft) notify(`“${file.name}” wasn’t sent. ${problem}`, 'error');
          setAttachments((all) =>
            all.map((one) => (one.id === id ? { ...one, problem, mayGoAsFile: status === 415 } : one)),
          );
        },
        onSent: (message, sent) => {
          tell({ type: 'message', message });
          if (sent) remove(sent.id);
        },
      });
      if (went) setReplyTo(undefined);
      return went;
    } catch (error) {
      notify(inWords(error), 'error');
      return false;
    } finally {
      setProgress(undefined);
    }
  };
  /** Sends the draft with these words, or changes the message that is being changed. @returns whether it went */
  const sendDraft = (text: string) => {
    if (editing) return change(editing, text);
    const files = attachments.filter(isToSend);
    setAttachments(files);
    return say(text, files);
  };

  return {
    ...{ attachments, attach, sendAs, remove },
    ...{ replyTo, setReplyTo, editing, setEditing, progress },
    ...{ say, send: sendDraft, erase },
  };
}
