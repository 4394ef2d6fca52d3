import { parseOptions, readPort } from './command-line/options.ts';
import type { Port } from './http/free-port.ts';

/** How the program was asked to run. */
export interface Settings {
  readonly help: boolean;
  /** A port that was asked for must be free; a default one may move. */
  readonly port: Port;
  readonly awsPort: Port;
  readonly doorPort: Port;
  /** Other devices of the network reach the door screen. */
  readonly lan: boolean;
  /** The folder in which everything is kept. */
  readonly data: string;
  /** Open the page in the browser once it is ready. */
  readonly open: boolean;
  /** Take the bot away from wherever its webhook is set now. */
  readonly takeOver: boolean;
}

const command = 'npm start';

export const defaults = { port: 8080, awsPort: 4566, doorPort: 8090, data: '.joy' } as const;

export const usage = `Musical Joy: a camera at the door, and your chat says who has arrived.

  npm start -- [options]

  --port 8080        the page's port; 0 takes any free one
  --aws-port 4566    the port of AWS on this machine; 0 takes any free one
  --door-port 8090   the door screen's port; 0 takes any free one
  --lan              let tablets and phones in your network open the door screen or be the camera, by their links
  --data .joy        the folder in which everything is kept
  --no-open          do not open the page in the browser
  --take-over        with BOT_TOKEN: take the bot from where its webhook is set now
  --help             this text

A default port that is taken moves to the next free one; one that you ask for does not.

Settings from the environment or the file .env (.env.example lists them all):
  CAMERA_URL         your camera's address: RTSP, or HTTP (docs/camera.md)
  CAMERA_USER, CAMERA_PASSWORD
                     the camera account's, as they are, if they are not in the address
  RECOGNITION        images leaves the recognising to the producer (npm run producer); video is the default
  BOT_TOKEN          your bot's token from @BotFather; without it the chat is on the page
  ARRIVAL_WEBHOOK    an address that is told of each arrival: your home automation's (docs/automation.md)
`;

/**
 * Reads the command line.
 *
 * @throws UsageError
 */
export function readSettings(args: readonly string[]): Settings {
  const values = parseOptions(
    command,
    args,
    {
      help: { type: 'boolean', short: 'h', default: false },
      port: { type: 'string' },
      'aws-port': { type: 'string' },
      'door-port': { type: 'string' },
      lan: { type: 'boolean', default: false },
      data: { type: 'string', default: defaults.data },
      'no-open': { type: 'boolean', default: false },
      'take-over': { type: 'boolean', default: false },
    },
    'The camera’s address is CAMERA_URL.',
  );
  return {
    help: values.help,
    port: readPort(command, '--port', values.port, defaults.port),
    awsPort: readPort(command, '--aws-port', values['aws-port'], defaults.awsPort),
    doorPort: readPort(command, '--door-port', values['door-port'], defaults.doorPort),
    lan: values.lan,
    data: values.data,
    open: !values['no-open'],
    takeOver: values['take-over'],
  };
}
