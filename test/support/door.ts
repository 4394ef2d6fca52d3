import { Welcome } from '../../party/arrivals/welcome.ts';
import { parseRecord } from '../../party/record/record.ts';
import { chatOf } from './bot-chat.ts';
import type { BotHouse } from './bot-house.ts';
import { asIfWatchedBefore } from './party.ts';
import { bytesOf, type FaceInFrame, match, recordOf } from './records.ts';

/** The door of a house: who comes before its camera. */
export interface Door {
  /** Two frames that show these faces, handled by the match. */
  shows(...faces: FaceInFrame[]): Promise<void>;
  /** Time passes for the match. */
  later(milliseconds: number): void;
}

/** The door of a house, with no camera: records come from here. */
export function doorOf(house: BotHouse): Door {
  let ahead = 0;
  const now = () => house.services.now() + ahead;
  const services = { ...house.services, now, rules: asIfWatchedBefore(house.services.rules) };
  const welcome = new Welcome(services, chatOf(house, services, 10));
  let sequence = 0;
  let last = 0;
  return {
    async shows(...faces) {
      const records = [1, 2].map(() => {
        last = Math.max(last + 100, services.now());
        sequence += 1;
        const record = parseRecord(bytesOf(recordOf(last, faces)));
        return { sequenceNumber: String(sequence), cameAt: last, record };
      });
      await welcome.batch(records);
    },
    later(milliseconds) {
      ahead += milliseconds;
    },
  };
}

/** A face like one photo of each of these guests, so much. */
export const faceLike = (similarities: Readonly<Record<string, number>>): FaceInFrame => ({
  matches: Object.entries(similarities).map(([guestId, similarity]) => match(`${guestId}-1`, similarity)),
});

/** Guests with a photo each, whose face is the guest's id and `-1`. */
export async function inviteGuests(
  { services }: Pick<BotHouse, 'services'>,
  names: readonly string[],
): Promise<void> {
  for (const name of names) {
    const id = name.toLowerCase();
    await services.guests.add(id, name);
    const faceIds = [`${id}-1`];
    await services.guests.addPhoto(id, { photoId: `AQAD${id}`, faceIds, key: `photos/${id}` });
    await services.people.assign(faceIds[0]!, { kind: 'guest', id });
  }
}
