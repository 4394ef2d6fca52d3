import type { SharedUser } from 'grammy/types';
import { readName } from '../names.ts';
import type { TelegramFile } from '../telegram-file.ts';

/** One of the host's contacts, as far as a guest is made of it. */
export interface SharedContact {
  /** First and last name, or the first alone where both are too long; undefined when nothing of it shows. */
  readonly name?: string;
  /** The profile photo; undefined without one, or when the host may not see it. */
  readonly file?: TelegramFile;
}

/** Reads what Telegram says of somebody who was picked. */
export function sharedContact({ first_name = '', last_name = '', photo }: SharedUser): SharedContact {
  const names = [`${first_name} ${last_name}`, first_name, last_name].map(readName);
  const name = names.find((one) => 'name' in one)?.name;
  const largest = photo?.at(-1);
  const size = largest?.file_size === undefined ? {} : { size: largest.file_size };
  return {
    ...(name !== undefined && { name }),
    ...(largest && { file: { fileId: largest.file_id, uniqueId: largest.file_unique_id, ...size } }),
  };
}
