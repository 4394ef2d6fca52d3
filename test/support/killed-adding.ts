/**
 * A process of the product that is killed between two writes, while it adds a photo (`photo`) or a song (`song`): its
 * first argument. The second is the id, and the file comes by its standard input. Its settings are in the environment.
 */
import { buffer } from 'node:stream/consumers';
import { readConfig } from '../../party/config.ts';
import { enrolPhoto } from '../../party/guests/enrol-photo.ts';
import { createServices } from '../../party/services.ts';
import { addSong } from '../../party/songs/add-song.ts';
import { keptLog } from './log.ts';

const [, , what, id = ''] = process.argv;
const die = async (): Promise<never> => {
  process.kill(process.pid, 'SIGKILL');
  return new Promise(() => {});
};
/** The service, but for one call, at which this process dies. */
const untilCall = <Service extends object>(service: Service, call: keyof Service): Service =>
  new Proxy(service, {
    get(target, name) {
      const member: unknown = Reflect.get(target, name);
      if (name === call) return die;
      return typeof member === 'function' ? member.bind(target) : member;
    },
  });

const services = createServices(readConfig(process.env), { log: keptLog() });
const bytes = await buffer(process.stdin);
if (what === 'photo') {
  // The face is indexed, and nobody knows whose it is.
  const collection = untilCall(services.collection, 'alike');
  const photo = { photoId: id, bytes };
  await enrolPhoto({ ...services, collection }, photo, { name: 'Somebody' });
} else {
  // The file is in the bucket, and no song names it.
  const songs = untilCall(services.songs, 'put');
  await addSong({ ...services, songs }, { title: 'Song', fileName: 'song.mp3', bytes });
}
throw new Error('It was to be killed.');
