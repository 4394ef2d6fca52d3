import type { UserProfileAudios, UserProfilePhotos } from 'grammy/types';
import { type Call, knownUser, type Method } from './call.ts';

/** Bot API, getUserProfilePhotos: "Values between 1-100 are accepted. Defaults to 100." */
const mostAtOnce = 100;

/** The part of a list that a call asks for. As Telegram does, a limit that is none is read as the nearest. */
function asked<Of>({ params }: Call, all: readonly Of[]): Of[] {
  const offset = Math.max(params.whole('offset') ?? 0, 0);
  const limit = Math.min(Math.max(params.whole('limit') ?? mostAtOnce, 1), mostAtOnce);
  return all.slice(offset, offset + limit);
}

function getUserProfilePhotos(call: Call): UserProfilePhotos {
  const { photos = [] } = knownUser(call).profile ?? {};
  return { total_count: photos.length, photos: asked(call, photos).map((sizes) => [...sizes]) };
}

function getUserProfileAudios(call: Call): UserProfileAudios {
  const { audios = [] } = knownUser(call).profile ?? {};
  return { total_count: audios.length, audios: asked(call, audios) };
}

/** What people show of themselves. */
export const profileMethods: Readonly<Record<string, Method>> = {
  getUserProfilePhotos,
  getUserProfileAudios,
};
