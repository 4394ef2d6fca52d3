/** Where the chat is: on this page, or in the real Telegram. The answer of `GET /mode`. */
export interface ChatMode {
  readonly mode: 'local' | 'telegram';
  /** The bot's name in Telegram, without the @. */
  readonly botUsername?: string;
  /** Claims the house with `/start <code>`: on one machine, the person at the page is the host. */
  readonly startCode?: string;
  /** Whether *Show me* can be shown here. */
  readonly rehearsal?: true;
}
