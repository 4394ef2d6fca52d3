import type { Api } from 'grammy';

/** A group's title, if the bot may still see it. */
export async function titleOf(api: Api, chatId: number): Promise<string | undefined> {
  try {
    return (await api.getChat(chatId)).title;
  } catch {
    return undefined;
  }
}
