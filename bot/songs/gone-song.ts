import type { Services } from '../../party/services.ts';
import { acknowledge, expire, overwrite } from '../buttons.ts';
import type { BotContext } from '../context.ts';
import { undoRemoval } from './buttons.ts';
import { whoHas } from './song-list.ts';
import { songTitle, songsText as text } from './songs.text.ts';

/** Says of a press on a song that is not there (any more); one that is removed is shown as that, with its undoing. */
export async function showGone(services: Services, ctx: BotContext, songId: string): Promise<void> {
  const song = await services.songs.removed(songId);
  if (!song) return expire(ctx, text.gone);
  await acknowledge(ctx, text.gone);
  const who = whoHas(song, await services.guests.list());
  await overwrite(ctx, text.removed(songTitle(song), who), undoRemoval(songId));
}
