import assert from 'node:assert/strict';
import type { House } from '../../local/house-options.ts';
import { repairHouse } from '../../local/repair/repair.ts';
import type { DamagedHouse } from './damaged-house.ts';

/** The house refuses to start, and says which file, what is lost and what to do. */
export async function assertRefused(house: DamagedHouse, folder: string, file: string): Promise<void> {
  const started = await house.start(folder);
  assert.ok('error' in started, 'it does not start');
  assert.match(
    started.error.message,
    /Going on without it loses .*\nTo go on .*: npm run doctor -- --repair --data /,
  );
  assert.ok(started.error.message.includes(file), started.error.message);
}

/** @returns what the repair said */
export async function repaired(folder: string): Promise<string> {
  const told: string[] = [];
  await repairHouse({ folder, tell: (line) => told.push(line) });
  return told.join('\n');
}

/** @returns what was told at the start */
export async function assertStarts(
  origin: DamagedHouse,
  folder: string,
  look: (house: House) => Promise<void> = async () => {},
): Promise<string> {
  const started = await origin.start(folder);
  if ('error' in started) throw started.error;
  try {
    await look(started.house);
  } finally {
    await started.house.close();
  }
  return started.told.join('\n');
}
