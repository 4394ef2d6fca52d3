import { join } from 'node:path';
import { codeOf } from './disk-full.ts';

/** Where something is kept twice: a file, and its copy in another folder, always the same. */
export interface Mirrored {
  readonly path: string;
  readonly mirror: string;
}

/** The folder of the copies, in the data folder. */
export const mirrorFolder = 'mirror';

/** A file of the data folder, and its copy at the same place below the folder of the copies. */
export function mirrored(folder: string, ...names: readonly string[]): Mirrored {
  return { path: join(folder, ...names), mirror: join(folder, mirrorFolder, ...names) };
}

/** Told, in words for people, what was found damaged and was put right: nobody has to do anything. */
export type OnDamage = (message: string) => void;

/** How what is kept is opened. */
export interface OpenOptions {
  /** Standard error by default. */
  readonly onDamage?: OnDamage | undefined;
  /**
   * Goes on with what can be read, where otherwise opening ends in a {@link DamagedError}: for a repair that somebody
   * asked for.
   */
  readonly salvage?: boolean | undefined;
}

/** On standard error, where a host at the terminal sees it. */
export const tellOnStderr: OnDamage = (message) => console.error(message);

/** A file and its copy are both damaged: to go on is to lose something. */
export class DamagedError extends Error {
  override readonly name = 'DamagedError';
  readonly file: string;
  /** What is lost by going on, as in "Going on without it loses …". */
  readonly lost: string;

  constructor(file: string, lost: string, options?: ErrorOptions) {
    super(damageText.bothDamaged(file, lost), options);
    this.file = file;
    this.lost = lost;
  }
}

/** Whether reading or writing was refused for want of rights; the file itself may be well. */
export function isForbidden(error: unknown): boolean {
  return ['EACCES', 'EPERM'].includes(codeOf(error) ?? '');
}

const kept = (aside: string | undefined): string => (aside ? ` The damaged one is kept as ${aside}.` : '');

const counted = (number: number, thing: string): string => `${number} ${thing}${number === 1 ? '' : 's'}`;
const are = (number: number): string => (number === 1 ? 'is' : 'are');

/** What is said of damage. */
export const damageText = {
  restored: (file: string, aside: string | undefined): string =>
    `${file} was ${aside ? 'damaged' : 'gone'}. I put it back from its copy, and nothing is lost.${kept(aside)}`,
  joined: (file: string): string =>
    `${file} and its copy were damaged in different places. Together they were whole, and nothing is lost.`,
  copied: (mirror: string): string => `The copy ${mirror} was damaged. I made it anew, and nothing is lost.`,
  anew: (file: string, lost: string, aside: string | undefined): string =>
    `${file} was damaged, so I began it anew. Lost: ${lost}.${kept(aside)}`,
  objectLost: (file: string, key: string | undefined, aside: string | undefined): string =>
    `${file} is damaged, and its copy is damaged or gone. Lost: the object ${key ?? 'in it'}.${kept(aside)}`,
  records: (file: string, read: number, lost: number, aside: string | undefined): string =>
    `${file} was damaged: ${counted(read, 'record')} could be read and ${are(read)} kept, ${lost} could not. Nobody misses them but a party that was on just now.${kept(aside)}`,
  bothDamaged: (file: string, lost: string): string =>
    `${file} is damaged, and so is its copy. Going on without it loses ${lost}.`,
  salvaged: (file: string, read: number, lost: number, aside: readonly string[]): string =>
    `${file}: ${read === 1 ? '1 entry' : `${read} entries`} could be read and ${are(read)} kept, ${lost} could not and ${are(lost)} lost.${aside.length > 1 ? ` The damaged ones are kept as ${aside.join(' and ')}.` : kept(aside[0])}`,
};
