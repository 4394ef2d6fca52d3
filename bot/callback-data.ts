import type { Filter, MiddlewareFn } from 'grammy';
import type { BotContext } from './context.ts';

/**
 * Bot API, InlineKeyboardButton: "Data to be sent in a callback query to the bot when the button is pressed, 1-64
 * bytes".
 */
const maxBytes = 64;

/** What a button carries besides its prefix: how a value is written, and which texts are read as one. */
interface Field<Value> {
  readonly pattern: RegExp;
  readonly read: (text: string) => Value;
  /** As a text, where that is not what `String` makes of it. */
  readonly write?: (value: Value) => string;
}

/** An id of this project's or of Telegram's (`file_unique_id`): letters, figures, `_` and `-`. */
export const idField: Field<string> = { pattern: /^[\w-]+$/, read: (text) => text };
/** A page of a list, from 0. */
export const pageField: Field<number> = { pattern: /^\d+$/, read: Number };

/** A user's id (Bot API, User). */
export const userField: Field<number> = { pattern: /^\d{1,16}$/, read: Number };

/** A moment, milliseconds since 1970: eight characters. */
export const momentField: Field<number> = {
  pattern: /^[0-9a-z]{1,9}$/,
  read: (text) => Number.parseInt(text, 36),
  write: (moment) => moment.toString(36),
};

type Fields = Readonly<Record<string, Field<string> | Field<number>>>;
type Values<Of extends Fields> = {
  readonly [Name in keyof Of]: Of[Name] extends Field<infer Value> ? Value : never;
};

/** One kind of button: what its data is, written and read by the same definition. */
export interface CallbackData<Of extends Fields> {
  /**
   * The data of a button: `prefix:value:value`, or the prefix alone.
   *
   * @throws RangeError for a value that could not be read again, or when Telegram would refuse the length
   */
  write(values: Values<Of>): string;
  /** @returns undefined for the data of another kind of button */
  read(data: string): Values<Of> | undefined;
}

/**
 * Defines a kind of button by a prefix of its own and its fields, in the order in which they are written. Once in a
 * chat a button stays there: another meaning needs another prefix.
 */
export function callbackData<const Of extends Fields>(prefix: string, fields: Of): CallbackData<Of> {
  const named = Object.entries(fields);
  const read = (data: string): Values<Of> | undefined => {
    if (data !== prefix && !data.startsWith(`${prefix}:`)) return undefined;
    const texts = data === prefix ? [] : data.slice(prefix.length + 1).split(':');
    if (texts.length !== named.length) return undefined;
    if (!named.every(([, { pattern }], index) => pattern.test(texts[index]!))) return undefined;
    return Object.fromEntries(
      named.map(([name, field], index) => [name, field.read(texts[index]!)]),
    ) as Values<Of>;
  };
  return {
    read,
    write(values) {
      const data = [prefix, ...named.map(([name, field]) => written(field, values[name]))].join(':');
      if (!read(data)) throw new RangeError(`This is no data of the button ${prefix}: ${data}`);
      if (Buffer.byteLength(data) > maxBytes)
        throw new RangeError(`The data of a button is over ${maxBytes} bytes: ${data}`);
      return data;
    },
  };
}

/** A value as its own field writes it. */
function written(field: Field<string> | Field<number>, value: unknown): string {
  const write = field.write as ((value: unknown) => string) | undefined;
  return write ? write(value) : String(value);
}

/** A press of a button, as its handler is given it. */
export type Press = Filter<BotContext, 'callback_query:data'>;

/** Handles the presses of one kind of button; all else goes on to the next handler. */
export function onPress<Of extends Fields>(
  button: CallbackData<Of>,
  handle: (ctx: Press, values: Values<Of>) => Promise<unknown>,
): MiddlewareFn<BotContext> {
  return (ctx, next) => {
    if (!ctx.has('callback_query:data')) return next();
    const values = button.read(ctx.callbackQuery.data);
    return values ? handle(ctx, values) : next();
  };
}
