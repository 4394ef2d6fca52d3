import { randomBytes, randomInt } from 'node:crypto';
import { mirrored, type OpenOptions } from '../disk/damage.ts';
import { readMirrored, writeMirrored } from '../disk/mirrored-file.ts';

/**
 * The token of the bot in the chat on this machine: made once, and kept, for a bot's id is in it and messages
 * and files belong to that bot. It opens nothing outside this machine.
 *
 * @param folder the data folder
 */
export async function localBotToken(folder: string, options: OpenOptions = {}): Promise<string> {
  const place = mirrored(folder, 'telegram', 'bot.json');
  const kept = readMirrored<{ readonly token: string }>(place, {
    ...options,
    mode,
    anew: true,
    lost: 'which bot the chat on the page was with; another one goes on, and sends no files of the former',
  });
  if (kept) return kept.token;
  const token = `${randomInt(100_000_000, 999_999_999)}:${randomBytes(26).toString('base64url')}`;
  await writeMirrored(place, { token }, { mode });
  return token;
}

/** Nobody else's. */
const mode = 0o600;
