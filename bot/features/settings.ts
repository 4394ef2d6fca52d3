import { Composer } from 'grammy';
import type { Dispatcher } from '../../party/outbox/dispatcher.ts';
import type { Services } from '../../party/services.ts';
import { photosGoAt } from '../../party/settings/photos-go-at.ts';
import { acknowledge, expire, overwrite } from '../buttons.ts';
import { onPress } from '../callback-data.ts';
import type { BotContext } from '../context.ts';
import { answerStart } from '../party/answer-start.ts';
import { takeWaitingStart } from '../settings/ask-time-zone.ts';
import {
  openSettingButton,
  setSpanButton,
  settingsButton,
  settingsKeyboard,
  setZoneButton,
  spanKeyboard,
  unknownFacesButton,
  zonesButton,
  zonesKeyboard,
} from '../settings/buttons.ts';
import { spanSettings } from '../settings/choices.ts';
import { settingsText as text } from '../settings/settings.text.ts';
import { findTimeZones, isTimeZone, offeredTimeZones } from '../settings/time-zones.ts';
import type { Shown } from '../shown.ts';
import { partyTimes } from '../times.ts';
import { writeOver } from '../write-over.ts';

/** `/settings`, and `/settings Vienna`: in private, wherever it is said. */
export function settings(services: Services, dispatcher: Dispatcher): Composer<BotContext> {
  const { settings: house, parties, now } = services;
  const composer = new Composer<BotContext>();

  composer.command('settings', async (ctx) => {
    const written = ctx.match.trim();
    const { told, keyboard } = written === '' ? await all() : await place(written);
    await ctx.api.sendMessage(ctx.from!.id, told, keyboard ? { reply_markup: keyboard } : {});
    if (written !== '') await startWhatWaited(ctx);
  });

  /** All settings, as they are. */
  async function all(): Promise<Shown> {
    const {
      timeZone,
      partyLength,
      snapshotsKept,
      unknownFaces,
      photosKept = 0,
      ...more
    } = await house.readNow();
    const { clock, date } = partyTimes(timeZone);
    const last = photosKept > 0 ? await parties.lastPast() : undefined;
    const next = last && photosGoAt(last, { ...more, photosKept });
    const lines = [
      timeZone === undefined ? text.zoneUnknown(clock(now())) : text.zoneIs(timeZone, clock(now())),
      text.lengthIs(partyLength),
      text.snapshotsAre(snapshotsKept),
      text.photosAre({ kept: photosKept, next: next === undefined ? undefined : date(next) }),
      text.unknownFacesAre(unknownFaces),
    ];
    return { told: lines.join('\n'), keyboard: settingsKeyboard({ unknownFaces }) };
  }

  /** The time zone of a place. */
  async function place(written: string): Promise<Shown> {
    const found = findTimeZones(written);
    const [only, ...others] = found;
    if (only === undefined) return { told: text.noZone(written.slice(0, 40)) };
    if (others.length > 0)
      return { told: text.whichZone, keyboard: zonesKeyboard(found.slice(0, 8), now(), 0) };
    return { told: await setZone(only) };
  }

  async function setZone(timeZone: string): Promise<string> {
    await house.change({ timeZone });
    return text.zoneSet(timeZone, partyTimes(timeZone).clock(now()));
  }

  /** The first party waits for its time zone. */
  async function startWhatWaited(ctx: BotContext): Promise<void> {
    const { timeZone } = await house.read();
    if (timeZone === undefined) return;
    const waiting = await takeWaitingStart(services, ctx.from!.id);
    if (!waiting) return;
    const { messageId, userId, ...said } = waiting;
    const asked = { chatId: userId, messageId };
    await writeOver(ctx.api, asked, text.zoneSet(timeZone, partyTimes(timeZone).clock(now())));
    await answerStart(services, dispatcher, ctx.api, { ...said, userId });
  }

  composer.use(
    onPress(settingsButton, async (ctx) => {
      await acknowledge(ctx);
      await show(ctx, await all());
    }),
  );

  composer.use(
    onPress(openSettingButton, async (ctx, { setting }) => {
      const opened = spanSettings[setting];
      if (!opened) return expire(ctx, text.gone);
      await acknowledge(ctx);
      await show(ctx, { told: opened.question, keyboard: spanKeyboard(setting, await house.readNow()) });
    }),
  );

  composer.use(
    onPress(setSpanButton, async (ctx, { setting, span }) => {
      const opened = spanSettings[setting];
      if (!opened?.spans.includes(span)) return expire(ctx, text.gone);
      await house.change(opened.change(span));
      await acknowledge(ctx);
      await show(ctx, await all());
    }),
  );

  composer.use(
    onPress(unknownFacesButton, async (ctx, { isOn }) => {
      await house.change({ unknownFaces: isOn === 1 });
      await acknowledge(ctx);
      await show(ctx, await all());
    }),
  );

  composer.use(
    onPress(zonesButton, async (ctx, { page }) => {
      await acknowledge(ctx);
      const keyboard = zonesKeyboard(offeredTimeZones(ctx.from.language_code), now(), page);
      await show(ctx, { told: text.askZone, keyboard });
    }),
  );

  composer.use(
    onPress(setZoneButton, async (ctx, { timeZone }) => {
      if (!isTimeZone(timeZone)) return expire(ctx, text.gone);
      const told = await setZone(timeZone);
      await acknowledge(ctx);
      await show(ctx, { told });
      await startWhatWaited(ctx);
    }),
  );

  const show = (ctx: BotContext, { told, keyboard }: Shown): Promise<void> => overwrite(ctx, told, keyboard);

  return composer;
}
