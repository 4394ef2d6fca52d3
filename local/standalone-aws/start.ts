import { startRecognizer } from '../../vision/recognizer.ts';
import { startAws } from '../aws/aws.ts';
import { Closing } from '../closing.ts';
import { DataFolderError, openDataFolder } from '../data-folder/data-folder.ts';
import { lockFolder } from '../data-folder/lock.ts';
import { removeUnfinishedFiles } from '../data-folder/unfinished-files.ts';
import { DamagedError } from '../disk/damage.ts';
import { engineSettings } from '../engine-settings.ts';
import { credentials } from '../environment.ts';
import { faceEngine } from '../face-engine.ts';
import { onFreePort, type Port } from '../http/free-port.ts';
import { repairText } from '../repair/repair.text.ts';
import { repairCommand } from '../repair/repair-command.ts';
import { command } from './settings.ts';

/** AWS as it runs. */
export interface StandaloneAws {
  readonly url: string;
  close(): Promise<void>;
}

/**
 * Starts AWS on its port, with the project's recognizer behind Rekognition. There are no functions for Lambda to
 * invoke and no camera behind a video stream; all else is as in the whole program.
 *
 * @param folder the data folder
 * @throws DataFolderError, FolderInUseError, PortTakenError, RecognizerError; each in words for people
 */
export async function startStandaloneAws({
  port,
  folder,
}: {
  readonly port: Port;
  readonly folder: string;
}): Promise<StandaloneAws> {
  const closing = new Closing();
  try {
    openDataFolder(folder, command);
    closing.add(await lockFolder(folder, command));
    removeUnfinishedFiles(folder);
    const { options, name } = engineSettings(process.env);
    const engine = faceEngine(await closing.open(startRecognizer(options)), name);
    const aws = await closing.open(
      onFreePort(port, (number) =>
        startAws({ port: number, folder, credentials, engine, media: () => undefined }),
      ),
    );
    return { url: aws.url, close: () => closing.close() };
  } catch (error) {
    // What cannot be ended in order is no reason to keep anybody from hearing why it did not start.
    await closing.close().catch(() => {});
    if (!(error instanceof DamagedError)) throw error;
    throw new DataFolderError(repairText.damaged(error.message, repairCommand(folder)), { cause: error });
  }
}
