import { type GroupPhoto, GroupPhotos, nextUnnamed } from '../../party/guests/group-photos.ts';
import type { Services } from '../../party/services.ts';
import type { BotContext } from '../context.ts';
import { askerOf } from '../enrolment/asker.ts';
import { nameMember } from './name-member.ts';
import { nameOfAll } from './name-of-all.ts';

/** Gives all faces of an album to the one of its name. Where name and face do not agree, people are asked first. */
export async function nameAll(services: Services, ctx: BotContext, photoId: string): Promise<boolean> {
  const groups = new GroupPhotos(services.table, services.now);
  const opened = await groups.get(askerOf(ctx), photoId);
  const name = opened && nameOfAll(opened);
  if (name === undefined) return false;
  for (let group: GroupPhoto | undefined = opened; group; group = await groups.get(askerOf(ctx), photoId)) {
    const guestId = group.members.find((member) => member.guestId)?.guestId;
    const number = nextUnnamed(group);
    if (number === undefined || group.members.some(({ question }) => question)) break;
    const said = { name, ...(guestId !== undefined && { answer: { guestId } }) };
    if (!(await nameMember(services, ctx, photoId, number, said))) break;
  }
  return true;
}
