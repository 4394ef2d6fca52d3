import type { ArrivalServices } from '../arrival-services.ts';
import type { JudgedRecords } from '../arrivals/seen-guests.ts';
import { second } from '../clock.ts';
import { loggable } from '../loggable.ts';
import type { Party } from '../parties/party.ts';
import { isDuring } from '../parties/party-of-frame.ts';
import { type FaceLook, faceLooks } from './face-looks.ts';
import { UnknownFaces } from './unknown-faces.ts';
import { isSamePlace, unknownFaceAt, unknownRule } from './unknown-rule.ts';

/** What noticing unknown faces needs of the services. */
export type NoticeServices = Pick<ArrivalServices, 'table' | 'settings' | 'pictures' | 'rules' | 'log'>;

/** A face that was just noticed is not noticed again at its place for so long, milliseconds: it is being indexed. */
const noticedFor = 10 * second;

/** At a place where one was unusable, which may be a picture on the wall, none is noticed for so long: milliseconds. */
const unusableFor = 30 * second;

/** A guest who is named at the place of a face that was noticed so shortly before was that face: milliseconds. */
const sameVisit = 4 * second;

/** So many looks at most are kept with a face. */
const keptLooks = 3;

interface Noticed {
  readonly id: string;
  readonly look: FaceLook;
}

/**
 * Notices unknown faces in what the door shows, and that one of them is somebody after all.
 *
 * What it remembers is seconds old and of one process: a restart costs those seconds, and nothing besides. Each face it
 * notices is in the table before anybody is asked to index it.
 */
export class NoticeUnknown {
  readonly #services: NoticeServices;
  readonly #unknown: UnknownFaces;
  #partyId: string | undefined;
  #looks: FaceLook[] = [];
  #noticed: Noticed[] = [];
  readonly #settled = new Set<string>();

  constructor(services: NoticeServices) {
    this.#services = services;
    this.#unknown = new UnknownFaces(services.table);
  }

  /** Takes what the door has shown; frames from before or after the party are left out. */
  async take(party: Party, { records, ...known }: JudgedRecords): Promise<void> {
    const { id: partyId } = party;
    if (partyId !== this.#partyId) this.#begin(partyId);
    const looks = records
      .filter(({ time }) => isDuring(party, time))
      .flatMap((placed) => faceLooks(placed.record, placed, known, this.#services.rules));
    for (const look of looks.sort((a, b) => a.time - b.time)) {
      await this.#settleNamed(partyId, look);
      const face = this.#wasNoticed(look) ? undefined : unknownFaceAt(look, this.#looks);
      this.#remember(look);
      if (face && !(await this.#wasUnusable(partyId, look))) await this.#notice(partyId, face);
    }
  }

  #begin(partyId: string): void {
    this.#partyId = partyId;
    this.#looks = [];
    this.#noticed = [];
    this.#settled.clear();
  }

  #remember(look: FaceLook): void {
    this.#looks = [...this.#looks.filter(({ time }) => look.time - time <= unknownRule.window), look];
  }

  #wasNoticed(look: FaceLook): boolean {
    return this.#noticedAt(look).some((one) => look.time - one.look.time <= noticedFor);
  }

  /** What is unusable is gone from the table. */
  async #wasUnusable(partyId: string, look: FaceLook): Promise<boolean> {
    const last = this.#noticedAt(look).at(-1);
    return last !== undefined && (await this.#unknown.get({ partyId, id: last.id })) === undefined;
  }

  #noticedAt(look: FaceLook): Noticed[] {
    this.#noticed = this.#noticed.filter((one) => look.time - one.look.time <= unusableFor);
    return this.#noticed.filter((one) => isSamePlace(one.look.box, look.box));
  }

  async #notice(partyId: string, looks: readonly FaceLook[]): Promise<void> {
    const { unknownFaces: isWanted } = await this.#services.settings.read();
    if (!isWanted) return;
    const best = looks[0]!;
    const id = unknownIdOf(best);
    this.#noticed.push({ id, look: best });
    const seen = looks.slice(0, keptLooks).map(({ time, clock, box }) => ({ time, clock, box }));
    if (!(await this.#unknown.notice({ partyId, id, time: best.time, looks: seen }))) return;
    await this.#services.pictures.ask({ job: 'unknown-face', partyId, unknownId: id });
  }

  /** By its face, once that is indexed; until then by its place, for nobody changes places within seconds. */
  async #settleNamed(partyId: string, { is, unknownIds, time, box }: FaceLook): Promise<void> {
    if (typeof is === 'string') return;
    const there = this.#noticed.filter(
      ({ look }) => Math.abs(time - look.time) <= sameVisit && isSamePlace(look.box, box),
    );
    for (const id of new Set([...unknownIds, ...there.map((one) => one.id)])) {
      if (this.#settled.has(id)) continue;
      this.#settled.add(id);
      const who = { is: 'guest', guestId: is.guestId, by: 'recognition' } as const;
      if (await this.#unknown.settle({ partyId, id }, who)) await this.#askToShow(partyId, id);
    }
  }

  /** The card, if there is one by now, says so. */
  async #askToShow(partyId: string, unknownId: string): Promise<void> {
    try {
      await this.#services.pictures.ask({ job: 'unknown-face', partyId, unknownId });
    } catch (error) {
      this.#services.log.warn('A card could not be brought up to date', loggable(error));
    }
  }
}

/** The same for the same face of a frame, whoever notices it; letters and figures, for it stands in buttons. */
function unknownIdOf({ time, box }: FaceLook): string {
  const column = Math.min(35, Math.max(0, Math.floor((box.left + box.width / 2) * 36)));
  return `${time.toString(36)}${column.toString(36)}`;
}
