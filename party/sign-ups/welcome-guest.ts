import { contentId } from '../guests/content-id.ts';
import { enrolPhoto } from '../guests/enrol-photo.ts';
import type { Enrolment, EnrolmentServices, PhotoRefusal } from '../guests/enrolment.ts';
import { dropUnnamed } from '../guests/group-faces.ts';
import type { Guest } from '../guests/guests.ts';
import type { Attribution } from '../guests/whose-photo.ts';
import type { Services } from '../services.ts';
import { addSong } from '../songs/add-song.ts';
import { giveSong } from '../songs/give-song.ts';
import type { Song } from '../songs/songs.ts';
import { forgetSignUp } from './forget-sign-up.ts';
import { type ChosenSong, type SignUp, SignUps } from './sign-ups.ts';

/** What is fetched from the messenger for it. */
export interface SignUpFiles {
  readonly photo: Uint8Array;
  /** The song that they sent, if they did and it is still there. */
  readonly music: Uint8Array | undefined;
}

/** What came of a welcome. */
export type WelcomeOutcome =
  | {
      readonly outcome: 'welcomed';
      readonly guest: Guest;
      /** Their own; undefined for a carol. */
      readonly song: Song | undefined;
    }
  /** Name and face do not agree with whom the house knows: the host must say who it is. */
  | Extract<Enrolment, { outcome: 'asked' }>
  /** IndexFaces, which has the last word, does not take the photo. */
  | { readonly outcome: 'refused'; readonly refusal: PhotoRefusal }
  /** They asked to be forgotten meanwhile, and nothing of them is kept. */
  | { readonly outcome: 'forgotten' };

type WelcomeServices = EnrolmentServices & Pick<Services, 'songs' | 'log'>;

/**
 * Makes somebody a guest who added themselves: only now the photo is stored and the face described. Safe to repeat.
 *
 * @param botId whose the song's file_id is
 * @param answer who it is, if that was asked
 */
export async function welcomeGuest(
  services: WelcomeServices,
  signUp: SignUp,
  { photo, music }: SignUpFiles,
  botId: number,
  answer?: Attribution['answer'],
): Promise<WelcomeOutcome> {
  const signUps = new SignUps(services.table);
  const photoId = contentId(photo);
  // So that a welcome that is cut short can be found by it, and forgotten.
  if (!(await signUps.change(signUp.userId, { photoId }))) return { outcome: 'forgotten' };
  const said = { name: signUp.name, ...(answer && { answer }) };
  const enrolment = await enrolPhoto(services, { photoId, bytes: photo }, said);
  if (enrolment.outcome === 'asked' || enrolment.outcome === 'refused') return enrolment;
  if (enrolment.outcome === 'group') {
    const { faces, key, seen } = enrolment;
    await dropUnnamed(
      services,
      faces.map(({ faceId }) => ({ faceId, key })),
    );
    return { outcome: 'refused', refusal: { reason: 'several faces', faces: seen } };
  }
  if (enrolment.outcome === 'unnamed') throw new Error('A photo that came with a name has none.');
  const { guest } = enrolment;
  const { song, isBrought } = await giveChosen(services, guest.id, signUp.song, music, botId);
  const welcomed = await signUps.change(signUp.userId, {
    guestId: guest.id,
    ...(song && isBrought && { broughtSongId: song.id }),
    ...{ photo: undefined, song: undefined, ask: undefined, photoId: undefined },
  });
  if (welcomed) return { outcome: 'welcomed', guest, song };
  const brought = song && isBrought ? { broughtSongId: song.id } : {};
  await forgetSignUp(services, { ...signUp, guestId: guest.id, ...brought });
  return { outcome: 'forgotten' };
}

/** Gives a guest the song that was chosen. One that cannot be had is a carol. */
async function giveChosen(
  services: Pick<Services, 'songs' | 'guests' | 'storage'>,
  guestId: string,
  chosen: ChosenSong | undefined,
  music: Uint8Array | undefined,
  botId: number,
): Promise<{ readonly song?: Song; readonly isBrought?: boolean }> {
  if (chosen?.from === 'shelf') {
    const given = await giveSong(services, { songId: chosen.songId, guestId });
    return given.outcome === 'given' ? { song: given.song } : {};
  }
  if (chosen?.from !== 'guest' || !music) return {};
  const before = new Set((await services.songs.all()).map(({ id }) => id));
  const { file, playable, ...sent } = chosen.music;
  const added = await addSong(services, { ...sent, bytes: music });
  if (added.outcome === 'refused') return {};
  const { song } = added;
  if (added.outcome === 'added' && playable && added.asSent)
    await services.songs.rememberFileId(song, botId, file.fileId);
  await giveSong(services, { songId: song.id, guestId });
  return { song, isBrought: !before.has(song.id) };
}
