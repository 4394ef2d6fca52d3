import { Composer } from 'grammy';
import type { Services } from '../../party/services.ts';
import type { BotContext } from '../context.ts';
import { audioSong } from '../songs/sent-song.ts';
import { takeSong } from '../songs/take-song.ts';

/** A music file makes a song, in private chats only: music in a group is for the people there. */
export function song(services: Services): Composer<BotContext> {
  const composer = new Composer<BotContext>();
  composer
    .chatType('private')
    .on('message:audio', (ctx) => takeSong(services, ctx, audioSong(ctx.message.audio)));
  return composer;
}
