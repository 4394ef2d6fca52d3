import { randomBytes, randomInt } from 'node:crypto';
import path from 'node:path';
import { readJsonFile, writeFileAtomic } from '../disk/atomic-file.ts';

/**
 * The token of the bot in the chat on this machine: made once, and kept, for a bot's id is in it and messages
 * and files belong to that bot. It opens nothing outside this machine.
 *
 * @param folder the data folder
 */
export async function localBotToken(folder: string): Promise<string> {
  const file = path.join(folder, 'telegram', 'bot.json');
  const kept = readJsonFile<{ token: string }>(file);
  if (kept) return kept.token;
  const token = `${randomInt(100_000_000, 999_999_999)}:${randomBytes(26).toString('base64url')}`;
  await writeFileAtomic(file, JSON.stringify({ token }), { mode: 0o600 });
  return token;
}
