import { Composer } from 'grammy';
import type { BotContext } from '../context.ts';
import type { Feature } from '../on-demand.ts';
import { anotherSong } from './another-song.ts';
import { notGuest } from './not-guest.ts';

/** What a host can do about an arrival, by the buttons under it. */
export const arrival: Feature = (services, dispatcher) => {
  const composer = new Composer<BotContext>();
  composer.use(notGuest(services, dispatcher), anotherSong(services));
  return composer;
};
