import { enrolmentText } from '../enrolment/enrolment.text.ts';
import { undo } from '../guests/buttons.ts';
import type { Shown } from '../shown.ts';
import { bringBackContactsButton, takeBackContactsButton } from './buttons.ts';
import type { ContactBatch, ContactResult } from './contact-batches.ts';
import { contactListText as text } from './contact-list.text.ts';

type Added = Extract<ContactResult, { outcome: 'added' }>;
type Results = readonly ContactResult[];

/**
 * What came of all contacts, with *Undo* for those who were added.
 *
 * @param songless the names of those who were added and have no song
 */
export function contactList({ results, messageId }: ContactBatch, songless: readonly string[]): Shown {
  const added = results.filter((one): one is Added => one.outcome === 'added' && !one.taken);
  const [known, asked] = [
    results.filter(({ outcome }) => outcome === 'known'),
    results.filter(({ outcome }) => outcome === 'asked'),
  ];
  const newcomers = added.filter(({ isNew }) => isNew);
  const others = added.filter(({ isNew }) => !isNew);
  const said = [
    ...about(text.added, newcomers),
    ...about(text.photoAdded, others),
    ...about(text.known, known),
    ...about(text.asked, asked),
  ];
  const told = [said, adviceOn(added), notAdded(results), wantSongs(songless)]
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join('\n'))
    .join('\n\n');
  return {
    told,
    ...(added.length > 0 && { keyboard: undo(takeBackContactsButton.write({ messageId })) }),
  };
}

/** What was taken back, with *Undo* for that. */
export function takenBackList({ results, messageId }: ContactBatch): Shown {
  const taken = (what: Added['taken']) =>
    results.filter((one) => one.outcome === 'added' && one.taken === what);
  const lines = [
    ...about(text.guestsRemoved, taken('guest')),
    ...about(text.photosDropped, taken('photo')),
    text.undoable,
  ];
  return { told: lines.join('\n'), keyboard: undo(bringBackContactsButton.write({ messageId })) };
}

/** One line for all of them, by their names. */
const about = (say: (names: readonly string[]) => string, results: Results): string[] =>
  results.length === 0 ? [] : [say(results.flatMap(({ name }) => name ?? []))];

const adviceOn = (added: readonly Added[]): string[] =>
  added.flatMap(({ name, advice }) => enrolmentText.advice(advice).map((told) => text.one(name, told)));

function notAdded(results: Results): string[] {
  const refused = results.filter((one) => one.outcome === 'refused');
  if (refused.length === 0) return [];
  const lines = refused.map(({ name, why }) => text.one(name, why));
  return [text.notAdded, ...lines, text.sendPhotos(refused.length)];
}

function wantSongs([first, second]: readonly string[]): string[] {
  if (first === undefined) return [];
  return [second === undefined ? enrolmentText.wantSong(first) : enrolmentText.wantSongs];
}
