import { OwnProfile } from './own-profile.tsx';
import { fileUrl, nameOf, type Person } from './types.ts';

interface PeopleSwitcherProps {
  readonly people: readonly Person[];
  readonly personId: number;
  readonly onSwitch: (personId: number) => void;
  /** Called when somebody shows something else of themselves. */
  readonly onProfile: (person: Person) => void;
}

/** As whom one writes. */
export function PeopleSwitcher({ people, personId, onSwitch, onProfile }: PeopleSwitcherProps) {
  const person = people.find(({ id }) => id === personId);
  const guest = people.find(({ role }) => role === 'guest');
  return (
    <>
      <fieldset class="people" aria-describedby="who">
        <legend>Write as</legend>
        {people.map((person) => (
          <label key={person.id} class="person" title={`${nameOf(person)}, ${person.role}`}>
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
              <small>{person.role}</small>
            </span>
          </label>
        ))}
      </fieldset>
      {person && (
        <p id="who" class="hint who">
          {whoOf(person, guest?.first_name)}
        </p>
      )}
      {person && person.role !== 'host' && <OwnProfile person={person} onChange={onProfile} />}
    </>
  );
}

/** Who one is, and who else one could try to be. */
function whoOf({ first_name: name, role }: Person, guest: string | undefined): string {
  switch (role) {
    case 'host':
      return `You’re ${name}, the host.${guest ? ` Try being ${guest}, a guest.` : ''}`;
    case 'co-host':
      return `You’re ${name}, who helps the host.`;
    case 'guest':
      return `You’re ${name}, a guest: the bot takes no orders from you.`;
    default:
      return `You’re ${name}, a stranger who found the bot.`;
  }
}
