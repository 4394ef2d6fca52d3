import { InlineKeyboard } from 'grammy';
import type { GroupMember, GroupPhoto } from '../../party/guests/group-photos.ts';
import { distinctNames, type Guest } from '../../party/guests/guests.ts';
import { guestsToPick } from '../enrolment/ask-whose.ts';
import { enrolmentText } from '../enrolment/enrolment.text.ts';
import {
  allOneButton,
  chooseFaceButton,
  elseFaceButton,
  groupDoneButton,
  groupGuestButton,
  groupNameButton,
  otherFaceButton,
  sameFaceButton,
  skipFaceButton,
} from './buttons.ts';
import { groupPhotoText as text } from './group-photo.text.ts';
import { nameOfAll } from './name-of-all.ts';

/** Numbers stand so many in a row, names two. */
const numbersInRow = 6;

/** A group photo as it is shown while its people are being named. */
export interface ShownGroup {
  readonly text: string;
  readonly keyboard: InlineKeyboard;
}

/** What a group photo says and offers at this moment. @param everybody all guests */
export function showGroup(group: GroupPhoto, everybody: readonly Guest[]): ShownGroup {
  const { members, seen, current, albumId } = group;
  const names = distinctNames(everybody);
  const settled = shownMembers(group, names).filter(({ name, isSkipped }) => name || isSkipped);
  const people = albumId === undefined ? text.people : text.peopleInAlbum;
  const lines = [people(members.length, seen), ...(settled.length > 0 ? [text.members(settled)] : [])];
  const keyboard = new InlineKeyboard();
  const member = current === undefined ? undefined : members[current - 1];
  if (current !== undefined && member) {
    lines.push(question(current, member, names));
    const name = nameOfAll(group);
    if (name !== undefined) {
      lines.push(text.orAllOne(name));
      keyboard.text(text.allOne(name), allOneButton.write({ photoId: group.photoId })).row();
    }
    offer(keyboard, group, current, member, everybody);
  }
  chooseNumber(keyboard, group);
  const { photoId } = group;
  if (current !== undefined)
    keyboard.text(text.skip(current), skipFaceButton.write({ photoId, number: current }));
  keyboard.text(text.done, groupDoneButton.write({ photoId }));
  return { text: lines.join('\n'), keyboard };
}

/** The people of a group, with the names that they are called by now. */
export const shownMembers = ({ members }: GroupPhoto, names: ReadonlyMap<string, string>) =>
  members.map(({ guestId, name, isSkipped }, index) => ({
    number: index + 1,
    name: guestId && (names.get(guestId) ?? name),
    isSkipped,
  }));

function question(number: number, member: GroupMember, names: ReadonlyMap<string, string>): string {
  const asked = member.question;
  if (!asked) return text.who(number);
  if (member.isNewcomer) return text.whoElse(number, names.get(asked.sameId) ?? asked.name);
  return asked.looksLike
    ? text.looksLike(number, names.get(asked.sameId) ?? asked.name)
    : text.looksDifferent(number, asked.name);
}

function offer(
  keyboard: InlineKeyboard,
  { photoId, members, names: written }: GroupPhoto,
  number: number,
  { question: asked, isNewcomer, likeId }: GroupMember,
  everybody: readonly Guest[],
): void {
  if (isNewcomer) return;
  const face = { photoId, number };
  const names = distinctNames(everybody);
  if (asked) {
    const same = names.get(asked.sameId) ?? asked.name;
    const { itIs, sameOne, someoneElse } = enrolmentText;
    keyboard.text(asked.looksLike ? itIs(same) : sameOne(same), sameFaceButton.write(face));
    if (asked.looksLike) keyboard.text(itIs(asked.name), otherFaceButton.write(face));
    keyboard.row().text(someoneElse, elseFaceButton.write(face)).row();
    return;
  }
  const taken = new Set(members.map(({ guestId }) => guestId));
  const used = new Set(members.map(({ name }) => name));
  const free = everybody.filter(({ id }) => !taken.has(id));
  const offered = [
    ...written.flatMap((name, index) =>
      used.has(name) ? [] : [{ name, data: groupNameButton.write({ ...face, index }) }],
    ),
    ...guestsToPick(free, likeId === undefined ? [] : [likeId])
      .filter(({ name }) => !written.includes(name))
      .map(({ id: guestId }) => ({
        name: names.get(guestId)!,
        data: groupGuestButton.write({ ...face, guestId }),
      })),
  ];
  for (const [index, { name, data }] of offered.entries()) {
    keyboard.text(name, data);
    if (index % 2 === 1) keyboard.row();
  }
  keyboard.row();
}

/** The numbers of all others who have no name, for any order. */
function chooseNumber(keyboard: InlineKeyboard, { photoId, members, current }: GroupPhoto): void {
  const others = members.flatMap(({ guestId }, index) =>
    guestId || index + 1 === current ? [] : [index + 1],
  );
  for (const [index, number] of others.entries()) {
    keyboard.text(String(number), chooseFaceButton.write({ photoId, number }));
    if (index % numbersInRow === numbersInRow - 1) keyboard.row();
  }
  keyboard.row();
}
