/** Where many live, from west to east: what is offered besides the host's own guess. */
const cities = [
  ...['America/Los_Angeles', 'America/Denver', 'America/Chicago', 'America/New_York', 'America/Sao_Paulo'],
  ...['Europe/London', 'Europe/Berlin', 'Europe/Athens', 'Africa/Johannesburg', 'Europe/Istanbul'],
  ...['Asia/Dubai', 'Asia/Kolkata', 'Asia/Singapore', 'Asia/Tokyo', 'Australia/Sydney', 'Pacific/Auckland'],
] as const;

/** Letters alone, so that "sao paulo" is São Paulo. */
const plain = (text: string): string =>
  text
    .normalize('NFD')
    .replace(/[^\p{L}]/gu, '')
    .toLowerCase();

/** Whether there is such a time zone. Its name is an IANA one, or a link to one. */
export function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return name.includes('/');
  } catch {
    return false;
  }
}

/**
 * The time zones that a host may have meant by a city, a part of its name, or the zone's own name: the best first.
 *
 * @returns IANA names; none for what is no such thing
 */
export function findTimeZones(written: string): string[] {
  const wanted = plain(written);
  if (wanted.length < 2) return [];
  if (isTimeZone(written.trim())) return [written.trim()];
  const listed = Intl.supportedValuesOf('timeZone').filter((name) => name.includes('/'));
  // Of several names of a zone the list has one, which may be the older: Calcutta, and not Kolkata.
  const inAnyRegion = [...new Set(listed.map((name) => name.split('/')[0]!))].map(
    (region) => `${region}/${written.trim().replace(/\s+/g, '_')}`,
  );
  const all = [...new Set([...listed, ...inAnyRegion.filter(isTimeZone)])];
  const rank = (name: string): number => {
    const city = plain(cityOf(name));
    if (city === wanted || plain(name) === wanted) return 0;
    if (city.startsWith(wanted)) return 1;
    return plain(name).includes(wanted) ? 2 : 3;
  };
  const found = all.map((name) => ({ name, rank: rank(name) })).filter((one) => one.rank < 3);
  const best = Math.min(...found.map((one) => one.rank));
  return found.filter((one) => one.rank === best).map(({ name }) => name);
}

/**
 * The time zones to choose from, at first those of the country that a host's language is mostly spoken in, where that
 * has few.
 *
 * @param language of the host's Telegram, an IETF tag (Bot API, User); not always given
 */
export function offeredTimeZones(language: string | undefined): string[] {
  const own = zonesOfCountry(language);
  return [...new Set<string>([...(own.length <= mostOfCountry ? own : []), ...cities])];
}

/** The United States have thirty, of which few are of use. */
const mostOfCountry = 4;

function zonesOfCountry(language: string | undefined): string[] {
  if (language === undefined) return [];
  try {
    // A getter at first, a method since ("Intl Locale Info", ECMA-402); TypeScript knows neither yet.
    const country = new Intl.Locale(language).maximize() as Intl.Locale & {
      readonly timeZones?: string[];
      getTimeZones?(): string[] | undefined;
    };
    return country.getTimeZones?.() ?? country.timeZones ?? [];
  } catch {
    // No tag.
    return [];
  }
}

/** `New York` of `America/New_York`. */
export const cityOf = (timeZone: string): string => timeZone.split('/').at(-1)!.replaceAll('_', ' ');
