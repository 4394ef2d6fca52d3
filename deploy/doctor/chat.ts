import type { WebhookInfo } from 'grammy/types';
import type { Host } from '../../party/hosts/hosts.ts';
import { type Bot, TokenRefusedError } from '../chat/telegram.ts';
import { doctorText, span } from './doctor.text.ts';
import { type Check, type Finding, well, wrong } from './finding.ts';

/** Where the bot's updates are to go: to this address; to any; or nowhere, for they are fetched. */
export type Expected = { readonly url: string } | 'any' | 'none';

/** An error this long ago, in milliseconds, is over. */
const recent = 10 * 60_000;
/** So many may wait while one is handled. */
const fewPending = 5;

const { webhook: text, parts } = doctorText;

/** The way from the chat to the house, as Telegram tells of it. */
export function checkWebhook(ask: () => Promise<Bot>, expected: Expected, now = Date.now): Check {
  return {
    part: parts.webhook,
    async look() {
      try {
        const { username, webhook } = await ask();
        return judge(username, webhook, expected, now());
      } catch (error) {
        if (error instanceof TokenRefusedError)
          return wrong(text.refused, expected === 'none' ? text.newTokenHere : text.newToken);
        throw error;
      }
    },
  };
}

function judge(bot: string, info: WebhookInfo, expected: Expected, now: number): Finding {
  const { url = '', last_error_date: date, last_error_message: message = '', pending_update_count } = info;
  const remedy = expected === 'any' || expected === 'none' ? text.restart : text.deploy;
  const host = URL.canParse(url) ? new URL(url).host : url;
  if (expected === 'none')
    return url === '' ? well(text.polled(bot)) : wrong(text.elsewhere(bot, host), remedy);
  if (url === '') return wrong(text.none(bot), remedy);
  if (expected !== 'any' && url !== expected.url) return wrong(text.elsewhere(bot, host), remedy);
  const ago = date === undefined ? undefined : now - date * 1000;
  if (ago !== undefined && ago < recent)
    return wrong(text.error(span(ago), message, pending_update_count), text.logs);
  if (pending_update_count > fewPending) return wrong(text.pending(pending_update_count), text.wait);
  return well(ago === undefined ? text.well(bot) : text.oldError(bot, span(ago)));
}

/** Whether anybody may speak with the bot. @param claim how somebody becomes the host */
export function checkHost(
  hosts: { list(): Promise<readonly Host[]> },
  claim: string = doctorText.host.claim,
): Check {
  return {
    part: parts.host,
    async look() {
      const { length } = await hosts.list();
      return length > 0 ? well(doctorText.host.well(length)) : wrong(doctorText.host.none, claim);
    },
  };
}
