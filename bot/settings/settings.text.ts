import { day, hour } from '../../party/clock.ts';
import { count } from '../wording.ts';
import { cityOf } from './time-zones.ts';

const days = (span: number): string => count(Math.round(span / day), 'day');
/** In a sentence. */
const inDays = (span: number): string => (span === day ? 'a day' : days(span));
const hours = (span: number): string => count(Math.round(span / hour), 'hour');

/** How photos are kept, and when those of the last party go, if they do. */
export interface PhotosKept {
  /** Milliseconds; 0 stands for never. */
  readonly kept: number;
  /** A date, as people read it. */
  readonly next?: string | undefined;
}

/** What hosts read about the settings. */
export const settingsText = {
  timeZone: 'Time zone',
  partyLength: 'Length of a party',
  snapshots: 'Pictures of the door',
  photos: 'Photos of guests',
  unknownFaces: (isOn: boolean): string => `Unknown faces: ${isOn ? 'on' : 'off'}`,
  back: '‹ Settings',
  chosen: (label: string): string => `✓ ${label}`,
  hours,
  days,
  daysOrNever: (span: number): string => (span === 0 ? 'I keep them' : `${days(span)} after a party`),

  zoneIs: (timeZone: string, clock: string): string => `Your time: ${cityOf(timeZone)}, ${clock} now.`,
  zoneUnknown: (clock: string): string => `Your time: I don’t know it yet. I go by UTC, ${clock} now.`,
  lengthIs: (span: number): string => `A party lasts ${hours(span)}, unless you say when it ends.`,
  snapshotsAre: (span: number): string => `Pictures of the door go after ${inDays(span)}.`,
  photosAre: ({ kept, next }: PhotosKept): string =>
    kept === 0
      ? 'Photos of guests stay until you say /forget.'
      : `Photos of guests, and their faces, go ${inDays(kept)} after the last party they were here for${next === undefined ? '' : `; the next on ${next}`}.`,
  unknownFacesAre: (isOn: boolean): string =>
    isOn
      ? 'When I don’t know a face at the door, I ask you in private.'
      : 'When I don’t know a face at the door, I don’t ask.',

  askPartyLength: 'How long does a party last when you only say /start_party?',
  askSnapshots:
    'How long should I keep the pictures from the door? I clear up between parties, so it can take two hours longer. On AWS they go after seven days at the latest, even while I’m asleep.',
  askPhotos:
    'How long should I keep your guests’ photos, and their faces? Names and songs stay. I clear up between parties and tell you each time. What’s gone is gone, but until then you can change your mind here.',
  askZone:
    'What time is it where you are? If none of these is right, send /settings and your city, like /settings Vienna.',
  /** Before the first party. */
  askZoneFirst:
    'One question before the first party: what time is it where you are? Then I’ll start. If none of these is right, send /settings and your city, like /settings Vienna.',
  askedInPrivate: 'One moment: I have a question for you in our private chat. Then I’ll start.',
  zone: (timeZone: string, clock: string): string => `${clock} ${cityOf(timeZone)}`,
  zoneSet: (timeZone: string, clock: string): string =>
    `OK, ${cityOf(timeZone)}: it’s ${clock}. /settings changes it.`,
  whichZone: 'Which one?',
  noZone: (written: string): string =>
    `I don’t know a place called “${written}”. Try a bigger city near you, like /settings Vienna.`,

  gone: 'That’s no longer there. See /settings.',

  /** Told unasked, after a party. @param removed as in a receipt of `/forget` */
  photosGone: (kept: number, removed: string, isClear: boolean): string =>
    [
      `It’s ${inDays(kept)} since the party, so I’ve forgotten the photos of your guests, as you set it.`,
      removed,
      isClear
        ? 'I looked again: nothing of them is left.'
        : 'Some of it is still there; I’ll try again in a minute.',
      'Names and songs stay. Send me photos before the next party. /settings changes this.',
    ].join('\n'),
} as const;
