import { loggable } from '../../party/loggable.ts';
import type { Services } from '../../party/services.ts';
import type { Camera } from '../camera/camera.ts';
import type { OnDamage } from '../disk/damage.ts';
import type { Person } from '../telegram/state/people.ts';
import type { Telegram } from '../telegram/telegram.ts';
import { type ClearParts, clear, endItsParty } from './clear.ts';
import { HostChat } from './host-chat.ts';
import { forgetKept, type Kept, readKept, writeKept } from './kept.ts';
import { rehearsalText as text } from './rehearsal.text.ts';
import { RehearsalError } from './rehearsal-error.ts';
import { inSeconds, show } from './show.ts';
import type { RehearsalState } from './state.ts';

/** What a rehearsal takes. */
export interface RehearsalParts {
  /** The data folder. */
  readonly folder: string;
  readonly telegram: Telegram;
  readonly camera: Camera;
  readonly services: Services;
  readonly aws: ClearParts['aws'];
  /** What claims the house; undefined when it has a host. */
  readonly startCode: () => Promise<string | undefined>;
  /** Settles when all carols are made, or could not be. */
  readonly carols: () => Promise<void>;
  readonly onDamage?: OnDamage | undefined;
  /** How long something is there to be seen before the next comes, in milliseconds; asked each time. */
  readonly pace?: () => number;
}

const usualPace = (): number => 700;

/** *Show me*: one evening in short, for who owns neither camera nor photos, and what clears it away again. */
export class Rehearsal {
  readonly #parts: RehearsalParts;
  readonly #ending = new AbortController();
  #kept: Kept | undefined;
  #state: RehearsalState = { step: 'none' };
  #work: Promise<void> = Promise.resolve();

  constructor(parts: RehearsalParts) {
    this.#parts = parts;
    this.#kept = readKept(parts.folder, parts.onDamage);
    if (this.#kept) this.#state = { step: 'stopped', telling: text.cutShort };
    if (this.#kept?.upTo !== undefined) this.#state = { step: 'over', telling: text.stillThere };
  }

  get state(): RehearsalState {
    return this.#state;
  }

  /** Settles when what is under way has ended. */
  get done(): Promise<void> {
    return this.#work;
  }

  /** Begins to show it. @throws RehearsalError when it cannot be shown now */
  async begin(): Promise<void> {
    const { services, camera, folder } = this.#parts;
    if (this.#isBusy) throw new RehearsalError(text.running);
    if (this.#kept) throw new RehearsalError(text.notCleared);
    // Before anything is waited for, or two could begin.
    this.#state = { step: 'running', telling: text.photo, look: 'chat' };
    try {
      if (await services.parties.latest()) throw new RehearsalError(text.partyOn);
      const chat = await this.#host();
      this.#kept = {
        startedAt: services.now(),
        chatId: chat.id,
        after: chat.newest,
        // A video that was over is not to begin anew.
        camera: camera.state.status === 'ended' ? 'off' : camera.state.source,
      };
      await writeKept(folder, this.#kept);
      this.#work = this.#show(chat);
    } catch (error) {
      this.#kept = undefined;
      this.#state = { step: 'none' };
      throw error;
    }
  }

  /** Ends the party of a rehearsal that the program's sudden end cut short. To be called as soon as the bot answers. */
  async endInterrupted(): Promise<void> {
    if (!this.#kept || this.#state.step !== 'stopped') return;
    this.#state = { step: 'clearing', telling: text.endingParty };
    this.#work = this.#endParty().then(
      (ended) => {
        this.#state = { step: 'stopped', telling: ended ? text.partyEnded : text.cutShort };
      },
      (error: unknown) => {
        this.#parts.services.log.warn('The party of a rehearsal was not ended', loggable(error));
        this.#state = { step: 'stopped', telling: text.cutShort };
      },
    );
    await this.#work;
  }

  /** Takes away all that it made. @throws RehearsalError when there is nothing to clear yet, or not all of it could be */
  async clear(): Promise<void> {
    const kept = this.#kept;
    if (this.#isBusy) throw new RehearsalError(text.running);
    if (!kept) return;
    this.#state = { step: 'clearing', telling: text.clearing };
    const work = clear(kept, this.#clearing(kept));
    this.#work = work.catch(() => {});
    try {
      await work;
      await forgetKept(this.#parts.folder);
      this.#kept = undefined;
      this.#state = { step: 'none' };
    } catch (error) {
      this.#state = { step: 'stopped', telling: text.leftBehind };
      throw error;
    }
  }

  /** Stops showing it; what it made can be cleared after the next start. */
  async close(): Promise<void> {
    this.#ending.abort(new RehearsalError(text.cutShort));
    await this.#work;
  }

  get #isBusy(): boolean {
    return this.#state.step === 'running' || this.#state.step === 'clearing';
  }

  async #show(chat: HostChat): Promise<void> {
    const { camera, services, carols, pace = usualPace } = this.#parts;
    try {
      const took = await show({
        chat,
        camera,
        services,
        carols,
        pace,
        signal: this.#ending.signal,
        tell: (telling, look) => {
          this.#state = { step: 'running', telling, look };
        },
        onParty: (partyId) => (partyId === undefined ? Promise.resolve() : this.#keep({ partyId })),
      });
      await this.#endParty();
      this.#state = { step: 'over', telling: text.over(inSeconds(took)) };
    } catch (error) {
      const expected = error instanceof RehearsalError || this.#ending.signal.aborted;
      if (!expected) services.log.error('The rehearsal stopped', loggable(error));
      // A party whose rehearsal nobody sees would announce whoever comes.
      if (!this.#ending.signal.aborted) await this.#endParty().catch(() => {});
      this.#state = {
        step: 'stopped',
        telling: error instanceof RehearsalError ? text.notShown(error.message) : text.cutShort,
      };
    }
  }

  /** Ends its party, if that is still on, and notes which message is its last. @returns whether it was on */
  async #endParty(): Promise<boolean> {
    const parts = this.#clearing(this.#kept!);
    const ended = await endItsParty(this.#kept!, parts);
    await this.#keep({ upTo: parts.chat.newest, endedAt: this.#parts.services.now() });
    return ended;
  }

  async #keep(more: Partial<Kept>): Promise<void> {
    this.#kept = { ...this.#kept!, ...more };
    await writeKept(this.#parts.folder, this.#kept);
  }

  #clearing({ chatId }: Kept) {
    const { telegram, camera, services, aws } = this.#parts;
    const { signal } = this.#ending;
    return { chat: new HostChat(telegram, this.#person(chatId), signal), camera, services, aws, signal };
  }

  /** Whoever is the host; in a house that has none, the first person becomes it. */
  async #host(): Promise<HostChat> {
    const { telegram, services, startCode } = this.#parts;
    const code = await startCode();
    const hosts = code === undefined ? await services.hosts.list() : [];
    const person = telegram.people
      .all()
      .find(({ user, role }) =>
        code === undefined ? hosts.some(({ userId }) => userId === user.id) : role === 'host',
      );
    if (!person) throw new RehearsalError(text.otherHost);
    const chat = new HostChat(telegram, person, this.#ending.signal);
    if (code !== undefined) {
      await chat.answer(chat.say(`/start ${code}`), 'The bot’s welcome', () => true);
      await chat.settled();
    }
    return chat;
  }

  #person(id: number): Person {
    const person = this.#parts.telegram.people.find(id);
    if (!person) throw new RehearsalError(text.otherHost);
    return person;
  }
}
