import type {
  Message as BotApiMessage,
  BotCommand,
  ForceReply,
  InlineKeyboardMarkup,
  ReactionType,
  ReplyKeyboardMarkup,
  ReplyKeyboardRemove,
  User,
} from 'grammy/types';

/** Someone in the Telegram stand-in as whom one can write. */
export interface Person {
  readonly id: number;
  readonly first_name: string;
  readonly last_name?: string;
  readonly username?: string;
  readonly role: string;
  /** The file_id of the profile photo. */
  readonly photo?: string;
  /** What the profile's song is called. */
  readonly song?: string;
}

/** A chat as it is listed for a person. */
export interface Chat {
  readonly id: number;
  readonly type: 'private' | 'group' | 'supergroup';
  readonly title?: string;
  /** The newest message that the bot has taken. */
  readonly read_up_to?: number;
}

/** A message as a person's client sees it: any kind of keyboard, and the bot's reaction. */
export type Message = Omit<BotApiMessage, 'reply_markup'> & {
  readonly reply_markup?: InlineKeyboardMarkup | ReplyKeyboardMarkup | ReplyKeyboardRemove | ForceReply;
  readonly reaction?: readonly ReactionType[];
};

/** What pressing a button gave. */
export interface CallbackAnswer {
  readonly callback_query_id: string;
  readonly text?: string;
  readonly show_alert?: boolean;
  readonly url?: string;
}

/** The bot as a person sees it in a chat. */
export interface Bot {
  readonly user: User;
  /** The commands it offers to this person there. */
  readonly commands: readonly BotCommand[];
}

/** Where a file's bytes are. */
export const fileUrl = (fileId: string) => `/telegram/files/${encodeURIComponent(fileId)}`;

/** A person's name in full. */
export const nameOf = (user: { first_name: string; last_name?: string | undefined }) =>
  user.last_name ? `${user.first_name} ${user.last_name}` : user.first_name;

/** Whether the bot takes orders from a person: it offers what it takes. */
export const mayStartParty = ({ commands }: Bot): boolean =>
  commands.some(({ command }) => command === 'start_party');
