import type { KeyboardButtonRequestUsers } from 'grammy/types';
import { useContext, useEffect, useState } from 'preact/hooks';
import { enrolmentText } from '../../../../bot/enrolment/enrolment.text.ts';
import { ComeIn } from '../guest/come-in.tsx';
import { GuestPhoto, type Whose } from '../guest/guest-photo.tsx';
import { getJson } from '../http.ts';
import { OffersContext } from '../offers.ts';
import { RehearsalCard } from '../rehearsal/rehearsal-card.tsx';
import { attachment } from './attachments.tsx';
import type { ChatEvent } from './chat-state.ts';
import { Composer } from './composer.tsx';
import { ContactPicker } from './contact-picker.tsx';
import { startCodeIn } from './entities.ts';
import { Lightbox } from './lightbox.tsx';
import { MessageList } from './message-list.tsx';
import { ReplyKeyboard } from './reply-keyboard.tsx';
import { type Bot, type Chat, type Message, mayStartParty, type Person } from './types.ts';
import { useDraft } from './use-draft.ts';
import { GroupWelcome, Ways, Welcome, type WelcomeProps } from './welcome.tsx';

interface ConversationProps {
  readonly person: Person;
  readonly botName: string;
  readonly chat: Chat;
  readonly messages: readonly Message[];
  readonly action?: string | undefined;
  /** What this person is to start with, and has not yet. */
  readonly startCode?: string | undefined;
  readonly invited?: WelcomeProps['invited'];
  readonly onSaid: () => void;
  /** Starts the bot with what a link of its own holds. */
  readonly onStart: (code: string) => void;
  readonly waiting: ReadonlySet<string>;
  /** The newest message that the bot has taken. */
  readonly readUpTo: number;
  readonly onPress: (message: Message, data: string) => void;
  readonly tell: (event: ChatEvent) => void;
}

/** One chat: what was said, and where to say more. */
export function Conversation({
  person,
  botName,
  chat,
  messages,
  startCode,
  invited,
  onSaid,
  onStart,
  tell,
  ...shown
}: ConversationProps) {
  const draft = useDraft({ chat, person, startCode, tell });
  const { attachments, attach, say, setReplyTo, setEditing } = draft;
  const [enlarged, setEnlarged] = useState<Message>();
  const [picking, setPicking] = useState<KeyboardButtonRequestUsers>();
  const [draggedOver, setDraggedOver] = useState(false);
  const [bot, setBot] = useState<Bot>();
  const commands = bot?.commands ?? [];
  const newest = messages.at(-1);
  const isHost = person.role === 'host';
  const isPrivate = chat.type === 'private';
  const { rehearsal, useWebcam } = useContext(OffersContext);
  const [photoOf, setPhotoOf] = useState<Whose>();
  const [comesIn, setComesIn] = useState<{ readonly name: string; readonly after: number }>();
  const isShown = rehearsal !== undefined && rehearsal.state.step !== 'none';
  const offersWays = isHost && isPrivate && !isShown && comesIn === undefined && isNew(messages);

  useEffect(() => {
    const asked = newest?.reply_markup && 'force_reply' in newest.reply_markup;
    if (asked && newest.from?.id !== person.id) setReplyTo(newest);
  }, [newest?.message_id]);

  // What the bot offers may change with every answer: a host is offered more than a stranger.
  useEffect(() => {
    getJson<Bot>(`/telegram/bot?as=${person.id}&chat=${chat.id}`).then(
      setBot,
      () => {}, // The connection's banner says it already.
    );
    onSaid();
  }, [person.id, chat.id, newest?.message_id]);

  const addGuest = async (photo: File, name: string) => {
    setPhotoOf(undefined);
    const after = newest?.message_id ?? 0;
    if (startCode && !(await say('/start'))) return;
    // Whoever is at the page can come in at once.
    if ((await say(name, [attachment(photo)])) && photoOf === 'me') setComesIn({ name, after });
  };
  const comeIn = () => {
    setComesIn(undefined);
    useWebcam();
    say('/start_party');
  };

  return (
    <section
      class={draggedOver ? 'conversation dragged-over' : 'conversation'}
      aria-label="Chat"
      onDragOver={(event) => {
        event.preventDefault();
        setDraggedOver(true);
      }}
      onDragLeave={() => setDraggedOver(false)}
      onDrop={(event) => {
        event.preventDefault();
        setDraggedOver(false);
        attach(event.dataTransfer?.files ?? []);
      }}
    >
      {messages.length === 0 && !isPrivate ? (
        <GroupWelcome isHost={isHost} onCommand={say} />
      ) : messages.length === 0 ? (
        <Welcome
          botName={botName}
          person={person}
          invited={invited}
          onStart={() => say('/start')}
          onMe={() => setPhotoOf('me')}
        />
      ) : (
        <MessageList
          {...shown}
          messages={messages}
          personId={person.id}
          inGroup={chat.type !== 'private'}
          onReply={setReplyTo}
          onEdit={setEditing}
          onDelete={draft.erase}
          onEnlarge={setEnlarged}
          onCommand={say}
          onLink={(address) => {
            const code = startCodeIn(address, bot?.user.username);
            return code === undefined ? undefined : () => onStart(code);
          }}
        />
      )}
      {messages.length > 0 && offersWays && <Ways onMe={() => setPhotoOf('me')} />}
      {isHost && isPrivate && isShown && (
        <RehearsalCard rehearsal={rehearsal} onRealGuest={() => setPhotoOf('guest')} />
      )}
      {comesIn !== undefined && isKnown(comesIn, messages) && (
        <ComeIn onStart={comeIn} onClose={() => setComesIn(undefined)} />
      )}
      {invited?.to === 'co-host' &&
        invited.accept &&
        messages.length > 0 &&
        isPrivate &&
        bot &&
        !mayStartParty(bot) && (
          <button type="button" class="primary start" onClick={invited.accept}>
            Open {invited.by}’s co-host link
          </button>
        )}
      {startCode && messages.length > 0 && isPrivate && (
        <button type="button" class="primary start" onClick={() => say('/start')}>
          Start
        </button>
      )}
      <ReplyKeyboard messages={messages} onChoose={say} onPick={setPicking} />
      <Composer
        commands={commands}
        attachments={attachments}
        replyTo={draft.replyTo}
        editing={draft.editing}
        progress={draft.progress}
        onAttach={attach}
        onRemove={draft.remove}
        onSendAs={draft.sendAs}
        onNoReply={() => setReplyTo(undefined)}
        onNoEdit={() => setEditing(undefined)}
        onSend={draft.send}
      />
      {picking && (
        <ContactPicker
          request={picking}
          chatId={chat.id}
          personId={person.id}
          onShared={(message) => tell({ type: 'message', message })}
          onClose={() => setPicking(undefined)}
        />
      )}
      {photoOf && <GuestPhoto whose={photoOf} onPhoto={addGuest} onClose={() => setPhotoOf(undefined)} />}
      {enlarged && <Lightbox message={enlarged} onClose={() => setEnlarged(undefined)} />}
    </section>
  );
}

/**
 * Whether the bot has said, after a message, that it will know somebody: a photo may not do, or a question comes first.
 */
const isKnown = (
  { name, after }: { readonly name: string; readonly after: number },
  messages: readonly Message[],
): boolean =>
  messages.some(
    ({ message_id, from, text }) =>
      message_id > after &&
      from?.is_bot &&
      // Whoever has photos already gets one more.
      [1, 2, 3, 4, 5].some((photos) => text?.startsWith(enrolmentText.enrolled(name, photos))),
  );

/** Whether nobody has sent a photo here yet. */
export const isNew = (messages: readonly Message[]): boolean => messages.every(({ photo }) => !photo);
