import type { PersonMessage } from '../../local/telegram/state/messages.ts';
import { openBotHouse } from './bot-house.ts';
import { doorOf, faceLike, inviteGuests } from './door.ts';
import { eventually } from './eventually.ts';
import { seenAtTheDoor } from './portraits.ts';

/** Whether a message is a recap's picture. */
export const isRecapPicture = ({ photo, caption }: PersonMessage): boolean =>
  photo !== undefined && /guests? came\.|thank you all for coming/.test(caption ?? '');

/** A house with guests, whose camera sees this woman whoever comes. */
export async function openRecapHouse(
  t: Parameters<typeof openBotHouse>[0],
  names: readonly string[],
  now: () => number = Date.now,
) {
  const jpeg = await seenAtTheDoor('anna');
  const house = await openBotHouse(t, {
    pictures: true,
    clock: { now, ahead: 0 },
    instead: ({ recognition: real }) => ({
      recognition: {
        start: (until) => real.start(until),
        stop: () => real.stop(),
        status: () => real.status(),
        picture: async () => jpeg,
      },
    }),
  });
  await inviteGuests(house, names);
  return house;
}

/** A guest comes, and is there with a picture. */
export async function comes(house: Awaited<ReturnType<typeof openRecapHouse>>, guest: string): Promise<void> {
  const { services } = house;
  await doorOf(house).shows(faceLike({ [guest]: 95 }));
  const { id } = (await services.parties.on())!;
  await eventually(
    'the arrival has its picture',
    async () => (await services.arrivals.get(id, guest))?.pictureId !== undefined,
  );
}
