/** What is ready, as it is told on the terminal. */
export interface Ready {
  /** From the start of the process. */
  readonly seconds: number;
  readonly pageUrl: string;
  readonly awsUrl: string;
  /** The data folder, as one would type it. */
  readonly data: string;
  /** The bot of the real Telegram; undefined with the chat on the page. */
  readonly ownBot?: string | undefined;
  /** Whether CAMERA_URL is set. */
  readonly ownCamera: boolean;
  readonly carols: { readonly number: number; readonly ready: boolean };
}

/** What is ready and in how long, where it is, where everything is kept, and what one may bring. */
export function readyNotice({ seconds, pageUrl, awsUrl, data, ownBot, ownCamera, carols }: Ready): string {
  const parts = [
    'faces',
    'AWS on this machine',
    ownBot === undefined ? 'a bot to try' : `your bot @${ownBot}`,
    carols.ready ? `${carols.number} carols` : `${carols.number} carols in a few seconds`,
  ];
  const leaves =
    ownBot === undefined
      ? 'Nothing leaves this machine.'
      : 'What the bot says and shows goes through Telegram; nothing else leaves this machine.';
  const lines = [
    `Ready in ${seconds.toFixed(1)} s: ${parts.join(', ')}.`,
    `Page: ${pageUrl}`,
    `AWS:  ${awsUrl}`,
    `Data: ${data} (delete that folder and it is all gone). ${leaves}`,
  ];
  const missing = [
    ...(ownBot === undefined ? ['BOT_TOKEN=… for your own Telegram bot'] : []),
    ...(ownCamera ? [] : ['CAMERA_URL=… for your camera']),
  ];
  if (missing.length > 0)
    lines.push(`Yours: put ${missing.join(' and ')} into a file .env; .env.example shows how.`);
  return lines.join('\n');
}
