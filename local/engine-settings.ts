import path from 'node:path';
import type { EngineOptions } from '../vision/engine.ts';
import { engineName } from '../vision/second-opinion/folder.ts';

/** How the engine of this machine is run. */
export interface EngineSettings {
  /** For the recognizer. */
  readonly options: Pick<EngineOptions, 'secondOpinion'>;
  /** Of an engine with a second opinion: what it says of faces cannot be compared with what another says. */
  readonly name?: string;
}

/**
 * Reads `SECOND_OPINION`, a folder with a model of the host's own.
 *
 * @throws {SecondOpinionError} when it cannot be used, in words for the host
 */
export function engineSettings(env: NodeJS.ProcessEnv): EngineSettings {
  if (!env.SECOND_OPINION) return { options: {} };
  const folder = path.resolve(env.SECOND_OPINION);
  const name = engineName(folder);
  return { options: { secondOpinion: { folder } }, ...(name !== undefined && { name }) };
}
