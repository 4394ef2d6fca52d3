import type { PersonMessage } from '../../local/telegram/state/messages.ts';
import type { PersonClient } from '../../test/support/telegram/person-client.ts';

/** A chat, as one of the people in it reads it. */
export interface ReadChat {
  readonly title: string;
  readonly reader: PersonClient;
  readonly chat: number;
}

/** What people read in their chats, step by step: what is new, what was written over, and what is gone. */
export class Transcript {
  readonly #chats: ReadChat[];
  readonly #known = new Map<string, string>();
  readonly #lines: string[] = ['# An evening', ''];
  #notes: string[] = [];

  constructor(chats: readonly ReadChat[]) {
    this.#chats = [...chats];
  }

  add(chat: ReadChat): void {
    this.#chats.push(chat);
  }

  /** What shows in no chat. */
  note(line: string): void {
    this.#notes.push(line);
  }

  /** Writes down what is otherwise than at the last step. */
  async write(step: string): Promise<void> {
    this.#lines.push(`## ${step}`, '');
    for (const { title, reader, chat } of this.#chats) {
      const told = (await reader.messages(chat).catch(() => [])).flatMap((message) =>
        this.#change(chat, message),
      );
      if (told.length > 0) this.#lines.push(`**${title}**`, '', ...told, '');
    }
    if (this.#notes.length > 0) this.#lines.push(...this.#notes, '');
    this.#notes = [];
  }

  text(): string {
    return `${this.#lines.join('\n').trimEnd()}\n`;
  }

  #change(chat: number, message: PersonMessage): string[] {
    const key = `${chat} ${message.message_id}`;
    const now = shown(message);
    const before = this.#known.get(key);
    // Who was added to a group is said by Telegram itself.
    if (before === now || now === '') return [];
    this.#known.set(key, now);
    const who = message.from?.first_name ?? '';
    const [first = '', ...more] = now.split('\n');
    return [
      `- ${who}${before === undefined ? '' : ' (written over)'}: ${first}`,
      ...more.map((line) => `  ${line}`),
    ];
  }
}

/** A message as it looks: what it carries, its words, its buttons. */
function shown({
  text,
  caption,
  reply_markup: markup,
  reply_to_message: repliesTo,
  ...message
}: PersonMessage): string {
  const kind = (['photo', 'audio', 'document', 'voice'] as const).find((one) => message[one] !== undefined);
  const song = message.audio && [message.audio.performer, message.audio.title].filter(Boolean).join(' – ');
  const rows = markup && 'inline_keyboard' in markup ? markup.inline_keyboard : [];
  const replied = repliesTo && !text && !caption ? ' (as a reply)' : '';
  return [
    ...(kind ? [`⟨${kind === 'audio' ? `♪ ${song || 'song'}` : kind}⟩${replied}`] : []),
    ...(text ?? caption ?? '')
      .split('\n')
      .filter((line, index, all) => line !== '' || all.length > 1 || index > 0),
    ...rows.map((row) => row.map((one) => `[${one.text}]`).join(' ')),
  ].join('\n');
}
