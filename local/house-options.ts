import type { Services } from '../party/services.ts';
import type { Aws } from './aws/aws.ts';
import type { Camera } from './camera/camera.ts';
import type { OnDamage } from './disk/damage.ts';
import type { LocalRecognition } from './environment.ts';
import type { Port } from './http/free-port.ts';
import type { Rehearsal } from './rehearsal/rehearsal.ts';
import type { TelegramApp } from './telegram/app.ts';

/** How the house on this machine is run. */
export interface HouseOptions {
  /** The data folder. */
  readonly folder: string;
  readonly port: Port;
  readonly awsPort: Port;
  /** The door screen's port; any free one when not given. */
  readonly doorPort?: Port;
  /** Lets other devices of the network reach the door screen, and a phone be the camera; nothing else. */
  readonly lan?: boolean;
  /** Without it, the chat is on the page. */
  readonly botToken?: string;
  readonly takeOver?: boolean;
  /** The camera's address; it may hold a password. */
  readonly cameraUrl?: string;
  /** `images` leaves the recognising to the producer, run beside this; `video` when not given. */
  readonly recognition?: LocalRecognition;
  /** Where arrivals are posted to besides the chat. */
  readonly arrivalWebhook?: string;
  /** Told what does not work with the real Telegram for now and is tried again. */
  readonly onChatProblem?: (problem: Error) => void;
  /** Called when the updates of the real Telegram stop coming. */
  readonly onChatEnd?: (error: unknown) => void;
  /** Told of what was found damaged and put right, and of what is lost; standard error by default. */
  readonly onDamage?: OnDamage;
  /** Told the process id of each recognition engine that is started. */
  readonly onEngine?: (pid: number) => void;
}

/** The whole product on this machine, running. */
export interface House {
  readonly pageUrl: string;
  readonly awsUrl: string;
  /** Where the door screen is; a link to it is this and a token. Ends with a slash. */
  readonly doorUrl: string;
  /** Makes the one who opens it the host; undefined when there is a host, or the chat is on the page. */
  readonly claimLink?: string;
  /** The real Telegram's bot, without the @; undefined when the chat is on the page. */
  readonly ownBot?: string;
  /** The settings for the producer, when it does the recognising. */
  readonly producerEnv?: string;
  /** The file with what posted arrivals are signed with, when they are posted. */
  readonly webhookKeyFile?: string;
  readonly camera: Camera;
  readonly services: Services;
  readonly aws: Aws;
  /** The world behind the chat on the page: its faults are for tests. */
  readonly telegram?: TelegramApp['telegram'];
  /** *Show me*; undefined where it cannot be shown. */
  readonly rehearsal?: Rehearsal;
  /** Settles when the carols are there, or the house is closed meanwhile. */
  readonly carols: Promise<void>;
  close(): Promise<void>;
}
