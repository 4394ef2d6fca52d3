import { dataOption } from '../data-folder/data-option.ts';

/** The command that repairs a data folder, as a host types it. */
export const repairCommand = (folder: string): string =>
  ['npm run doctor -- --repair', dataOption(folder)].filter(Boolean).join(' ');
