import { Bot } from 'grammy';
import type { UserFromGetMe } from 'grammy/types';
import { createDispatcher } from '../party/dispatch.ts';
import type { Services } from '../party/services.ts';
import { access } from './access.ts';
import { answerTimeout, clientOptions, createApi, withoutAddress } from './api.ts';
import { createChat, sendTimeout } from './chat.ts';
import { chatChanges } from './chat-changes.ts';
import type { BotContext } from './context.ts';
import { answerInWords } from './failure.ts';
import { basics } from './features/basics.ts';
import { captionCommand } from './features/caption-command.ts';
import { chooseSong } from './features/choose-song.ts';
import { contacts } from './features/contacts.ts';
import { document } from './features/document.ts';
import { doorScreen } from './features/door-screen.ts';
import { groupPhoto } from './features/group-photo.ts';
import { guestPhotos } from './features/guest-photos.ts';
import { guests } from './features/guests.ts';
import { hosts } from './features/hosts.ts';
import { invite } from './features/invite.ts';
import { other } from './features/other.ts';
import { photo } from './features/photo.ts';
import { renameGuest } from './features/rename-guest.ts';
import { song } from './features/song.ts';
import { songs } from './features/songs.ts';
import { unknownFaceName } from './features/unknown-face-name.ts';
import { holdsChats } from './holds-chats.ts';
import { hostMenu } from './menu.ts';
import { onCommands, onPressOf } from './on-demand.ts';
import { retryOnce } from './retry-once.ts';
import { guestGate } from './sign-ups/gate.ts';

/** What a bot needs besides the party. */
export interface BotOptions {
  readonly token: string;
  /** What getMe says of the bot. It must be handed in: a bot that asks for itself can be made to by strangers. */
  readonly botInfo: UserFromGetMe;
  /** Where the Bot API is, when not at Telegram's own address. */
  readonly apiRoot: string | undefined;
  /** Makes the first user who says `/start <code>` the host. */
  readonly claimCode: string;
}

/**
 * The bot: who may use it, then the features in their order, of which the last takes what no other did. A new command
 * also stands in `commands.ts`, for Telegram's menu, and in the text of /help.
 *
 * `handleUpdate` rejects only when an update should come again: when the table could not say who may use the bot.
 * All other failures are answered in words.
 */
export function createBot(
  services: Services,
  { token, botInfo, apiRoot, claimCode }: BotOptions,
): Bot<BotContext> {
  const bot = new Bot<BotContext>(token, { botInfo, client: clientOptions(apiRoot, answerTimeout) });
  bot.api.config.use(withoutAddress, retryOnce(), holdsChats(services));
  bot.use(chatChanges(services));
  const chat = createChat(services, createApi(token, apiRoot, sendTimeout), botInfo.id);
  // Pictures of arrivals are others' to send; an arrival itself, when a host says who it is.
  const { announceTogether, sendArrivalPicture, ...says } = chat;
  const dispatcher = createDispatcher(services, says);
  bot.use(access(services, claimCode, guestGate(services, dispatcher)));
  bot.use(hostMenu(services));
  const forHosts = bot.errorBoundary(answerInWords(services.log));
  for (const feature of [
    captionCommand,
    invite,
    basics,
    hosts,
    doorScreen,
    onCommands(['start_party'], async () => (await import('./features/start-party.ts')).startParty),
    onCommands(['end_party'], async () => (await import('./features/end-party.ts')).endParty),
    onCommands(['settings'], async () => (await import('./features/settings.ts')).settings),
    onPressOf('settings', async () => (await import('./features/settings.ts')).settings),
    onCommands(['status'], async () => (await import('./features/status.ts')).status),
    onCommands(['forget'], async () => (await import('./features/forget.ts')).forget),
    onPressOf('forget', async () => (await import('./features/forget.ts')).forget),
    onCommands(['recap'], async () => (await import('./features/recap.ts')).recap),
    onPressOf('recap', async () => (await import('./features/recap.ts')).recap),
    onCommands(['why'], async () => (await import('./features/why.ts')).why),
    onPressOf('why', async () => (await import('./features/why.ts')).why),
    onCommands(['camera'], async () => (await import('./features/camera.ts')).camera),
    onCommands(['mute'], async () => (await import('./features/mute.ts')).mute),
    onPressOf('mute', async () => (await import('./features/mute.ts')).mute),
    onPressOf('status', async () => (await import('./features/status.ts')).status),
    onPressOf('party', async () => (await import('./features/party-end.ts')).partyEnd),
    onPressOf('face', async () => (await import('./features/unknown-face.ts')).unknownFace),
    unknownFaceName,
    onPressOf('came', async () => (await import('./features/arrival.ts')).arrival),
    guests,
    guestPhotos,
    renameGuest,
    contacts,
    songs,
    photo,
    groupPhoto,
    song,
    document,
    chooseSong,
    other,
  ]) {
    forHosts.use(feature(services, dispatcher));
  }
  return bot;
}
