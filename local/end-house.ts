import { partyTimes } from '../bot/times.ts';
import type { Services } from '../party/services.ts';
import { dataOption } from './data-folder/data-option.ts';
import type { House } from './house-options.ts';

/** What ending needs of a house. */
type Ending = Pick<House, 'close'> & {
  readonly services: { readonly parties: Pick<Services['parties'], 'on'> } & Pick<Services, 'settings'>;
};

/**
 * Ends the house on a data folder.
 *
 * @returns what there is to say of that: a party goes on without a house, and nobody is announced meanwhile
 */
export async function endHouse({ services, close }: Ending, folder: string): Promise<string> {
  // Whether a party is on is only a word to the host: what hinders that must not hinder the end.
  const party = await services.parties.on().catch(() => undefined);
  const settings = party && (await services.settings.read().catch(() => undefined));
  await close();
  if (!party) return 'Stopped. Everything is kept.';
  const until = partyTimes(settings?.timeZone).clock(party.endsAt);
  const start = ['npm start', dataOption(folder)].filter(Boolean).join(' -- ');
  return `Stopped. The party is on until ${until}; ${start} resumes it.`;
}
