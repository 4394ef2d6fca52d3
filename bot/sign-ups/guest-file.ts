import type { Document } from 'grammy/types';
import { pictureFile } from '../../party/guests/picture-file.ts';
import { LinkTries } from '../../party/sign-ups/link-tries.ts';
import type { SignUp } from '../../party/sign-ups/sign-ups.ts';
import { musicFile } from '../../party/songs/music-file.ts';
import { enrolmentText } from '../enrolment/enrolment.text.ts';
import { FileTooLargeError } from '../errors.ts';
import { musicProblem } from '../songs/music-problems.text.ts';
import { documentSong } from '../songs/sent-song.ts';
import { documentFile, download } from '../telegram-file.ts';
import { guestText as text } from './guest.text.ts';
import { takePhoto } from './guest-photo.ts';
import { takeMusic } from './guest-song.ts';
import type { GuestTurn } from './turn.ts';

/** A file is a photo or a song by what is in it, whatever it is called. What it is said to be counts as the try. */
export async function takeFile(turn: GuestTurn, signUp: SignUp, document: Document): Promise<unknown> {
  const { services, ctx } = turn;
  const isSaidPicture = document.mime_type?.startsWith('image/') === true;
  const tried = isSaidPicture ? 'photos' : 'songs';
  if (!(await new LinkTries(services.table).take(signUp.linkId, signUp.userId, tried)))
    return ctx.reply(isSaidPicture ? text.tooManyPhotos : text.tooManySongs);
  const file = documentFile(document);
  let bytes: Uint8Array;
  try {
    bytes = await download(ctx.api, file);
  } catch (error) {
    if (error instanceof FileTooLargeError)
      return ctx.reply(
        isSaidPicture ? enrolmentText.tooLarge : musicProblem('too large', documentSong(document)),
      );
    throw error;
  }
  const isPicture = !('problem' in pictureFile(bytes));
  if (isPicture || isSaidPicture) return takePhoto(turn, signUp, { ...file, isFile: true }, bytes);
  const music = musicFile(bytes);
  const isNeither = 'problem' in music && music.problem === 'not music';
  if (isNeither && !document.mime_type?.startsWith('audio/')) return ctx.reply(text.neither);
  return takeMusic(turn, signUp, documentSong(document), bytes);
}
