import { nameOf, type Person } from './types.ts';

interface PeopleSwitcherProps {
  readonly people: readonly Person[];
  readonly personId: number;
  readonly onSwitch: (personId: number) => void;
}

/** As whom one writes. */
export function PeopleSwitcher({ people, personId, onSwitch }: PeopleSwitcherProps) {
  return (
    <fieldset class="people">
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
            {person.first_name.slice(0, 1)}
          </span>
          <span class="person-name">
            {person.first_name}
            <small>{person.role}</small>
          </span>
        </label>
      ))}
    </fieldset>
  );
}
