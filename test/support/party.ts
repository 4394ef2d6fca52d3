import { Alarms } from '../../party/alarms/alarms.ts';
import { type Arrival, Arrivals } from '../../party/arrivals/arrivals.ts';
import { Guests } from '../../party/guests/guests.ts';
import { People } from '../../party/guests/people.ts';
import { Hosts } from '../../party/hosts/hosts.ts';
import { Claims } from '../../party/outbox/claim.ts';
import { Destinations } from '../../party/outbox/destinations.ts';
import { Outbox } from '../../party/outbox/outbox.ts';
import { Gaps } from '../../party/parties/gaps.ts';
import { Parties } from '../../party/parties/parties.ts';
import type { Recognition } from '../../party/recognition/recognition.ts';
import { type SightingRules, sightingRules } from '../../party/recognition/rules.ts';
import { Settings } from '../../party/settings/settings.ts';
import { Songs } from '../../party/songs/songs.ts';
import type { PictureJob } from '../../party/stores/pictures-function.ts';
import type { Table } from '../../party/stores/table.ts';
import { clockAt, type TestClock } from './clock.ts';
import { keptStorage } from './kept-storage.ts';
import { keptLog } from './log.ts';
import { keptMetrics } from './metrics.ts';

class KeptTopic {
  readonly published: Arrival[] = [];
  async publish(arrival: Arrival): Promise<void> {
    this.published.push(arrival);
  }
}

class KeptPictures {
  readonly asked: PictureJob[] = [];
  async ask(job: PictureJob): Promise<void> {
    this.asked.push(job);
  }
}

const recognition: Recognition = {
  start: async () => {},
  stop: async () => {},
  status: async () => ({ state: 'on' }),
  picture: async () => undefined,
};

/**
 * In most tests a guest is there in the first frame: as if the door had been watched before. What holds for faces that
 * are there from the beginning is tried where it matters (`still-guests.test.ts`).
 */
export const asIfWatchedBefore = (rules: SightingRules): SightingRules => ({
  ...rules,
  showsStillFaces: false,
});

/** What a party needs, on a real table, with a clock that the test holds. */
export function partyOn(table: Table, clock: TestClock = clockAt(1_795_000_000_000)) {
  return {
    clock,
    table,
    claims: new Claims(table, clock.now),
    outbox: new Outbox(table, clock.now),
    destinations: new Destinations(table, clock.now),
    pause: async (milliseconds: number) => clock.pass(milliseconds),
    storage: keptStorage(),
    alarms: new Alarms(table),
    hosts: new Hosts(table, clock.now),
    now: clock.now,
    clockAhead: () => 0,
    log: keptLog(),
    metrics: keptMetrics(),
    recognition,
    rules: asIfWatchedBefore(sightingRules.video),
    costs: undefined,
    settings: new Settings(table, clock.now, 'Europe/Berlin'),
    parties: new Parties(table, clock.now),
    arrivals: new Arrivals(table),
    gaps: new Gaps(table),
    people: new People(table),
    guests: new Guests(table, clock.now),
    songs: new Songs(table),
    topic: new KeptTopic(),
    pictures: new KeptPictures(),
  };
}
