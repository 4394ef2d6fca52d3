import { InlineKeyboard } from 'grammy';
import type { HouseSettings } from '../../party/settings/settings.ts';
import { pageOfChoices } from '../buttons.ts';
import { callbackData, idField, pageField } from '../callback-data.ts';
import type { PartyTimes } from '../times.ts';
import { partyTimes } from '../times.ts';
import { spanSettings } from './choices.ts';
import { settingsText as text } from './settings.text.ts';
import { isTimeZone } from './time-zones.ts';

/** All settings. */
export const settingsButton = callbackData('settings:all', {});
/** The choices of one. */
export const openSettingButton = callbackData('settings:open', { setting: idField });
/** It is set. `span` in milliseconds: pressed twice, it is the same. */
export const setSpanButton = callbackData('settings:set', { setting: idField, span: pageField });
/** Whether hosts are asked about unknown faces. Pressed twice, it is the same. */
export const unknownFacesButton = callbackData('settings:faces', { isOn: pageField });
/** Time zones to choose from. */
export const zonesButton = callbackData('settings:zones', { page: pageField });
/** An IANA name. */
export const setZoneButton = callbackData('settings:zone', {
  timeZone: { pattern: /^[\w+/-]{3,40}$/, read: (name: string) => name },
});

/** One for each setting. @param settings as they are, for what is only on or off */
export function settingsKeyboard({ unknownFaces }: Pick<HouseSettings, 'unknownFaces'>): InlineKeyboard {
  const keyboard = new InlineKeyboard().text(text.timeZone, zonesButton.write({ page: 0 })).row();
  for (const [setting, { label }] of Object.entries(spanSettings))
    keyboard.text(label, openSettingButton.write({ setting })).row();
  return keyboard.text(
    text.unknownFaces(unknownFaces),
    unknownFacesButton.write({ isOn: unknownFaces ? 0 : 1 }),
  );
}

/** What one can be, with a mark at what it is. */
export function spanKeyboard(setting: string, settings: HouseSettings): InlineKeyboard {
  const { spans, now, choice } = spanSettings[setting]!;
  const keyboard = new InlineKeyboard();
  for (const [index, span] of spans.entries()) {
    const label = choice(span);
    const chosen = span === now(settings) ? text.chosen(label) : label;
    keyboard.text(chosen, setSpanButton.write({ setting, span }));
    if (index % 2 === 1) keyboard.row();
  }
  return keyboard.row().text(text.back, settingsButton.write({}));
}

/** Time zones, by what clocks show there. @param page from 0 */
export function zonesKeyboard(timeZones: readonly string[], now: number, page: number): InlineKeyboard {
  const choices = timeZones.filter(isTimeZone).map((timeZone) => ({
    label: labelOf(partyTimes(timeZone), timeZone, now),
    data: setZoneButton.write({ timeZone }),
  }));
  return pageOfChoices(choices, page, (turned) => zonesButton.write({ page: turned }));
}

const labelOf = ({ clock }: PartyTimes, timeZone: string, now: number): string =>
  text.zone(timeZone, clock(now));
