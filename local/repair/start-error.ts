import { DataFolderError, diskFullError, forbiddenError } from '../data-folder/data-folder.ts';
import { DamagedError, isForbidden } from '../disk/damage.ts';
import { isDiskFull } from '../disk/disk-full.ts';
import { repairText } from './repair.text.ts';
import { repairCommand } from './repair-command.ts';

/** An error that is about the data folder, as the host is told of it at the start; any other stays as it is. */
export function startError(error: unknown, folder: string): unknown {
  if (isDiskFull(error)) return diskFullError(folder, error);
  if (error instanceof DamagedError) {
    return new DataFolderError(repairText.damaged(error.message, repairCommand(folder)), { cause: error });
  }
  return isForbidden(error) ? (forbiddenError(folder, error) ?? error) : error;
}
