import { useContext, useEffect, useState } from 'preact/hooks';
import { inWords } from '../http.ts';
import { notify } from '../notices.tsx';
import { OffersContext } from '../offers.ts';
import { ChatList } from './chat-list.tsx';
import { Conversation, isNew } from './conversation.tsx';
import { NewGroup } from './new-group.tsx';
import { NowPlaying } from './now-playing.tsx';
import { usePresses } from './press.ts';
import { send } from './send.ts';
import { findStartCode } from './start-link.ts';
import type { Person } from './types.ts';
import { useUnread, useUnreadInTitle } from './unread.ts';
import { useChats } from './use-chats.ts';
import type { Invited } from './welcome.tsx';

interface ChatsProps {
  readonly people: readonly Person[];
  readonly person: Person;
  readonly botName: string;
  /** What claims the house, while it has no host. */
  readonly startCode?: string | undefined;
  /** What a link holds that this person is just opening. */
  readonly opens?: string | undefined;
  /** A link that starts the bot was opened by the host, for whom it is not. */
  readonly onForOthers: (code: string) => void;
  /** Goes on as the host. */
  readonly onBeHost: () => void;
  /** Called at each connection to the server, which may be another one than before. */
  readonly onConnected: () => void;
  /** Called when something was said in the open chat. */
  readonly onSaid: () => void;
}

/** In words what the bot is doing (Bot API, *sendChatAction*). */
const actions: Readonly<Record<string, string>> = {
  typing: 'is typing…',
  upload_photo: 'is sending a photo…',
  upload_voice: 'is sending music…',
  upload_video: 'is sending a video…',
  upload_document: 'is sending a file…',
};

/** All chats of one person with the bot. */
export function Chats(props: ChatsProps) {
  const { people, person, botName, startCode, opens, onForOthers, onBeHost, onConnected, onSaid } = props;
  const { waiting, press, onAnswer } = usePresses(person.id);
  const { state, connection, tell, reload } = useChats(person.id, onAnswer);
  useEffect(() => {
    if (connection === 'open') onConnected();
  }, [connection]);
  const [chosen, setChosen] = useState<number>();
  const [makesGroup, setMakesGroup] = useState(false);
  const chat = state.chats.find(({ id }) => id === chosen) ?? state.chats[0];
  const unread = useUnread(state, person.id, chat?.id);
  useUnreadInTitle(unread);
  const { rehearsal } = useContext(OffersContext);
  useEffect(() => {
    if (opens !== undefined) start(opens);
  }, []);
  const start = async (code: string) => {
    setChosen(person.id);
    const draft = { chatId: person.id, as: person.id, text: `/start ${code}`, attachments: [] };
    try {
      await send(draft, {
        onProgress: () => {},
        onRefused: () => {},
        onSent: (message) => tell({ type: 'message', message }),
      });
    } catch (error) {
      notify(inWords(error), 'error');
    }
  };
  const host = people.find(({ role }) => role === 'host');
  const { role } = person;
  const makes = role === 'co-host' || role === 'guest' ? role : undefined;
  // A real link, as the host would send it on. While there is none, the host has to make it.
  const [link, setLink] = useState<{ readonly code: string | undefined }>();
  useEffect(() => {
    if (!host || !makes) return;
    findStartCode(host, makes).then(
      (code) => setLink({ code }),
      () => {}, // The connection's banner says it already.
    );
  }, []);
  const { code } = link ?? {};
  const accept = code === undefined ? undefined : () => start(code);
  const invited: Invited | undefined =
    host && !startCode && makes && link
      ? { by: host.first_name, to: makes, accept, beHost: onBeHost }
      : undefined;
  const isHost = person.role === 'host';
  const mayShow = isHost && rehearsal?.state.step === 'none' && !isNew(state.messages[person.id] ?? []);
  const showMe = () => {
    setChosen(person.id);
    rehearsal?.begin();
  };
  const action = chat && state.actions[chat.id]?.action;

  return (
    <>
      <ChatList
        chats={state.chats}
        botName={botName}
        openChat={chat?.id}
        unread={unread}
        onOpen={setChosen}
        onNewGroup={() => setMakesGroup(true)}
        onShowMe={mayShow ? showMe : undefined}
      />
      <NowPlaying chatId={chat?.id} />
      {connection === 'lost' && (
        <p class="banner" role="status">
          The connection is lost. Trying again…
        </p>
      )}
      {chat && (
        <Conversation
          key={chat.id}
          person={person}
          botName={botName}
          chat={chat}
          messages={state.messages[chat.id] ?? []}
          action={action && `${botName} ${actions[action] ?? 'is busy…'}`}
          invited={invited}
          startCode={person.role === 'host' ? startCode : undefined}
          onSaid={onSaid}
          onStart={isHost && !startCode ? onForOthers : start}
          waiting={waiting}
          readUpTo={state.readUpTo[chat.id] ?? 0}
          onPress={(message, data) => press({ chatId: chat.id, messageId: message.message_id, data })}
          tell={tell}
        />
      )}
      {makesGroup && (
        <NewGroup
          people={people}
          personId={person.id}
          onMade={({ id }) => {
            setChosen(id);
            return reload();
          }}
          onClose={() => setMakesGroup(false)}
        />
      )}
    </>
  );
}
