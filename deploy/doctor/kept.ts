import type { RekognitionClient } from '@aws-sdk/client-rekognition';
import type { S3Client } from '@aws-sdk/client-s3';
import { Guests } from '../../party/guests/guests.ts';
import { People } from '../../party/guests/people.ts';
import { findLosses, type LossServices } from '../../party/losses/losses.ts';
import { Songs } from '../../party/songs/songs.ts';
import { Collection } from '../../party/stores/collection.ts';
import { Storage } from '../../party/stores/storage.ts';
import type { Table } from '../../party/stores/table.ts';
import { doctorText } from './doctor.text.ts';
import { type Check, well, wrong } from './finding.ts';

const { kept: text, parts } = doctorText;

/** Where guests and songs are kept. */
interface Stores {
  readonly table: Table;
  readonly rekognition: RekognitionClient;
  readonly s3: S3Client;
  readonly bucket: string;
  readonly collection: string;
}

/** What is asked for losses, by the clients of this command. */
export const keptServices = ({ table, rekognition, s3, bucket, collection }: Stores): LossServices => ({
  guests: new Guests(table, Date.now),
  people: new People(table),
  songs: new Songs(table),
  storage: new Storage(s3, bucket),
  collection: new Collection(rekognition, collection),
});

/**
 * Whether all that is known of guests and songs is there.
 *
 * @param todo what to do where it is not
 */
export function checkKept(services: LossServices, todo: string): Check {
  return {
    part: parts.kept,
    async look() {
      const { guests, songs, carols } = await findLosses(services);
      if (guests.length + songs.length + carols.length === 0) return well(text.well);
      const known = guests.filter(({ isRecognised }) => isRecognised);
      const photos = known.map(({ name, findable, lost, withoutFile }) => ({
        whose: name,
        count: findable.length + lost.length + withoutFile.length,
      }));
      const names = guests.filter(({ isRecognised }) => !isRecognised).map(({ name }) => name);
      const titles = songs.map(({ song, whose }) =>
        whose.length === 0 ? song.title : `${song.title}, of ${whose.join(', ')}`,
      );
      return wrong(text.wrong({ names, photos, songs: titles, carols: carols.length }), todo);
    },
  };
}
