import { useEffect, useState } from 'preact/hooks';
import type { ChatMode } from '../../mode.ts';
import { getJson, inWords } from '../http.ts';
import { Chats } from './chats.tsx';
import { OpenAs } from './open-as.tsx';
import { PeopleSwitcher } from './people-switcher.tsx';
import { type Bot, mayStartParty, type Person } from './types.ts';

/** Remembers as whom one wrote last. */
const personKey = 'person';

/**
 * The chat on this page: first as whom one writes, then that person's chats. A house without a host begins with the
 * first person, who is to be that, whoever wrote last when there was another house here.
 */
export function ChatPanel({ mode }: { mode: ChatMode }) {
  const [telegram, setTelegram] = useState<{ people: readonly Person[]; bot: Bot }>();
  const [problem, setProblem] = useState<string>();
  const [startCode, setStartCode] = useState(mode.startCode);
  const [personId, setPersonId] = useState(startCode ? 0 : Number(localStorage.getItem(personKey)));
  /** A link that was opened: who opens it, if that is said already, and what it holds. */
  const [opened, setOpened] = useState<{ readonly code: string; readonly by?: number }>();
  const [hosts, setHosts] = useState<ReadonlySet<number>>(new Set());
  // What the bot offers somebody says whether it takes their orders. It is asked when something was said to it.
  const askWhoCommands = (id: number) => {
    getJson<Bot>(`/telegram/bot?as=${id}`).then(
      (bot) =>
        setHosts((known) => {
          if (known.has(id) === mayStartParty(bot)) return known;
          const others = [...known].filter((one) => one !== id);
          return new Set(mayStartParty(bot) ? [...others, id] : others);
        }),
      () => {}, // The connection's banner says it already.
    );
  };
  const askForHost = () => {
    getJson<ChatMode>('/mode').then(
      (now) => {
        // Another house than before: its folder was deleted.
        if (now.startCode && !startCode) setPersonId(0);
        setStartCode(now.startCode);
      },
      () => {}, // The connection's banner says it already.
    );
  };

  useEffect(() => {
    Promise.all([getJson<Person[]>('/telegram/people'), getJson<Bot>('/telegram/bot')])
      .then(([people, bot]) => setTelegram({ people, bot }))
      .catch((error) => setProblem(inWords(error)));
  }, []);

  if (problem) return <p class="banner">{problem}</p>;
  if (!telegram) return <p class="loading">Opening the chat…</p>;
  const person = telegram.people.find(({ id }) => id === personId) ?? telegram.people[0];
  if (!person) return <p class="banner">There is nobody in this Telegram.</p>;
  const switchTo = (id: number) => {
    localStorage.setItem(personKey, String(id));
    setPersonId(id);
  };
  return (
    <>
      <PeopleSwitcher
        people={telegram.people}
        personId={person.id}
        hosts={hosts}
        onSwitch={(id) => {
          setOpened(undefined);
          switchTo(id);
        }}
        onProfile={(changed) =>
          setTelegram({
            ...telegram,
            people: telegram.people.map((one) => (one.id === changed.id ? changed : one)),
          })
        }
      />
      <Chats
        key={person.id}
        people={telegram.people}
        person={person}
        botName={telegram.bot.user.first_name}
        startCode={startCode}
        opens={opened?.by === person.id ? opened.code : undefined}
        onForOthers={(code) => setOpened({ code })}
        onBeHost={() => switchTo(telegram.people.find(({ role }) => role === 'host')!.id)}
        onConnected={askForHost}
        onSaid={() => {
          if (startCode) askForHost();
          for (const { id, role } of telegram.people) if (role === 'co-host') askWhoCommands(id);
        }}
      />
      {opened && opened.by === undefined && (
        <OpenAs
          people={telegram.people.filter(({ id }) => id !== person.id)}
          onOpen={({ id }) => {
            setOpened({ ...opened, by: id });
            switchTo(id);
          }}
          onClose={() => setOpened((now) => (now?.by === undefined ? undefined : now))}
        />
      )}
    </>
  );
}
