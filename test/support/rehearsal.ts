import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Rehearsal } from '../../local/rehearsal/rehearsal.ts';
import type { Held } from '../../party/forget/held.ts';
import type { TestHouse } from './house.ts';

/** A rehearsal in this house that loses no time. */
export const quickly = (house: TestHouse, pace = () => 0): Rehearsal =>
  new Rehearsal({
    folder: house.folder,
    telegram: house.telegram!,
    camera: house.camera,
    services: house.services,
    aws: house.aws,
    startCode: async () => undefined,
    carols: () => house.carols,
    pace,
  });

/** The files of a data folder, below it, in which these words stand. */
export function filesWith(words: string, folder: string): string[] {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((one) => one.isFile());
  const paths = files.map((file) => join(file.parentPath, file.name));
  return paths.filter((path) => readFileSync(path).includes(words));
}

/** The pictures and music of the chat, and the camera's pictures. */
export const pictures = (folder: string): string[] =>
  ['telegram/files', 'camera/pictures'].flatMap((place) =>
    readdirSync(join(folder, place), { recursive: true })
      .map(String)
      .filter((name) => /\.(jpg|mp3)$/.test(name)),
  );

/** What is somebody's, in a house that has hosts and carols. */
export function someones({ items, objects, faces }: Held): unknown[] {
  const nobodys = /^(HOSTS|UPDATE#|WISH|PULSE|SETTINGS|LEFTOVERS)|^PARTY$/;
  return [
    ...items.filter(({ pk, carol }) => !nobodys.test(pk) && carol === undefined),
    ...objects.filter((key) => !key.startsWith('songs/')),
    ...faces,
  ];
}
