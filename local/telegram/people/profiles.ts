import type { Upload } from '../body.ts';
import { PersonError } from '../errors.ts';
import { makeFile } from '../media/recording.ts';
import type { Person, Profile } from '../state/people.ts';
import type { Telegram } from '../telegram.ts';
import { profilePhoto } from './share-users.ts';

/** What a person does to their own profile; one of these. */
export interface ProfileChange {
  readonly photo: Upload | undefined;
  readonly audio: Upload | undefined;
  /** `photos` or `audios`: there are none from now on. */
  readonly clear: unknown;
}

/** Telegram's own limit of a name (Bot API, *setMyName* and others). */
const longestName = 64;

/**
 * Makes an account for somebody, with a private chat in which nothing is said yet.
 * @throws PersonError without a first name, or for one that is too long
 */
export function addPerson(telegram: Telegram, fields: Readonly<Record<string, unknown>>): Person {
  const named = (name: string): string => String(fields[name] ?? '').trim();
  const [first_name, last_name, username] = [named('first_name'), named('last_name'), named('username')];
  if (first_name === '') throw new PersonError(400, 'A person needs a first name.');
  if ([first_name, last_name].some((name) => name.length > longestName))
    throw new PersonError(400, `A name has at most ${longestName} characters.`);
  const person = telegram.people.newcomer({
    first_name,
    ...(last_name && { last_name }),
    ...(username && { username }),
  });
  telegram.journal.commit([telegram.people.put(person), telegram.chats.put(telegram.chats.private(person))]);
  return person;
}

/** Changes what a person shows of themselves. @throws PersonError for a file that cannot be that, or no change at all */
export async function changeProfile(
  telegram: Telegram,
  { user }: Person,
  { photo, audio, clear }: ProfileChange,
): Promise<Person> {
  if (photo) {
    const { media, changes } = await profilePhoto(telegram, photo);
    return put(telegram, user.id, changes, ({ photos, audios }) => ({
      photos: [media.photo ?? [], ...photos],
      audios,
    }));
  }
  if (audio) {
    const { media, changes } = await makeFile(telegram.files, 'audio', audio);
    return put(telegram, user.id, changes, ({ photos, audios }) => ({
      photos,
      audios: [...(media.audio ? [media.audio] : []), ...audios],
    }));
  }
  if (clear !== 'photos' && clear !== 'audios') throw new PersonError(400, 'Nothing is to be changed.');
  return put(telegram, user.id, [], (profile) => ({ ...profile, [clear]: [] }));
}

function put(
  telegram: Telegram,
  userId: number,
  changes: Parameters<Telegram['journal']['commit']>[0],
  change: (profile: Profile) => Profile,
): Person {
  const person = telegram.people.find(userId)!;
  const changed = { ...person, profile: change(person.profile ?? { photos: [], audios: [] }) };
  telegram.journal.commit([...changes, telegram.people.put(changed)]);
  return changed;
}
