import { OwnProfile } from './own-profile.tsx';
import { fileUrl, nameOf, type Person } from './types.ts';

interface PeopleSwitcherProps {
  readonly people: readonly Person[];
  readonly personId: number;
  /** Those from whom the bot takes orders, as far as it is known. */
  readonly hosts: ReadonlySet<number>;
  readonly onSwitch: (personId: number) => void;
  /** Called when somebody shows something else of themselves. */
  readonly onProfile: (person: Person) => void;
}

/** As whom one writes. */
export function PeopleSwitcher({ people, personId, hosts, onSwitch, onProfile }: PeopleSwitcherProps) {
  const person = people.find(({ id }) => id === personId);
  const guest = people.find(({ role }) => role === 'guest');
  const host = people.find(({ role }) => role === 'host');
  const labelOf = ({ id, role }: Person) => (role === 'co-host' && !hosts.has(id) ? 'friend' : role);
  return (
    <>
      <fieldset class="people" aria-describedby="who">
        <legend>Write as</legend>
        {people.map((person) => (
          <label key={person.id} class="person" title={`${nameOf(person)}, ${labelOf(person)}`}>
            <input
              type="radio"
              name="person"
              checked={person.id === personId}
              onChange={() => onSwitch(person.id)}
            />
            <span class="avatar" aria-hidden="true" data-role={person.role}>
              {person.photo ? <img src={fileUrl(person.photo)} alt="" /> : person.first_name.slice(0, 1)}
            </span>
            <span class="person-name">
              {person.first_name}
              <small>{labelOf(person)}</small>
            </span>
          </label>
        ))}
      </fieldset>
      {person && (
        <p id="who" class="hint who">
          {whoOf(person, { guest: guest?.first_name, host: host?.first_name, isHost: hosts.has(person.id) })}
        </p>
      )}
      {person && person.role !== 'host' && <OwnProfile person={person} onChange={onProfile} />}
    </>
  );
}

interface Others {
  readonly guest: string | undefined;
  readonly host: string | undefined;
  /** Whether the bot takes orders from this person. */
  readonly isHost: boolean;
}

/** Who one is, and who else one could try to be. */
function whoOf({ first_name: name, role }: Person, { guest, host = 'the host', isHost }: Others): string {
  switch (role) {
    case 'host':
      return `You’re ${name}, the host.${guest ? ` Try being ${guest}, a guest.` : ''}`;
    case 'co-host':
      return isHost
        ? `You’re ${name}, a co-host: you can do what ${host} can.`
        : `You’re ${name}, a friend. The bot answers only its hosts; ${host} can make you one.`;
    case 'guest':
      return `You’re ${name}, a guest. Open a host’s link, and the bot asks you for a photo and a song.`;
    default:
      return `You’re ${name}, a stranger who found the bot. It takes orders only from its hosts.`;
  }
}
