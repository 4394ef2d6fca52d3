import { day, hour } from '../../party/clock.ts';
import {
  type HouseSettings,
  longestSnapshotsKept,
  type SettingsChange,
} from '../../party/settings/settings.ts';
import { settingsText as text } from './settings.text.ts';

/** A setting that is one of a few spans. */
export interface SpanSetting {
  /** What can be chosen, milliseconds; 0 where it stands for never. */
  readonly spans: readonly number[];
  readonly now: (settings: HouseSettings) => number;
  readonly change: (span: number) => SettingsChange;
  /** What stands on the button that opens the choice, and over the choice. */
  readonly label: string;
  readonly question: string;
  readonly choice: (span: number) => string;
}

const ofParty: SpanSetting = {
  spans: [2, 3, 4, 5, 6, 8, 10, 12].map((hours) => hours * hour),
  now: ({ partyLength }) => partyLength,
  change: (partyLength) => ({ partyLength }),
  label: text.partyLength,
  question: text.askPartyLength,
  choice: text.hours,
};

const ofSnapshots: SpanSetting = {
  spans: [day, 2 * day, 3 * day, longestSnapshotsKept],
  now: ({ snapshotsKept }) => snapshotsKept,
  change: (snapshotsKept) => ({ snapshotsKept }),
  label: text.snapshots,
  question: text.askSnapshots,
  choice: text.days,
};

const ofPhotos: SpanSetting = {
  spans: [0, day, 7 * day, 30 * day],
  now: ({ photosKept = 0 }) => photosKept,
  change: (photosKept) => ({ photosKept }),
  label: text.photos,
  question: text.askPhotos,
  choice: text.daysOrNever,
};

/** The settings that are spans, by what stands for them in a button. */
export const spanSettings: Readonly<Record<string, SpanSetting>> = {
  length: ofParty,
  snapshots: ofSnapshots,
  photos: ofPhotos,
};
