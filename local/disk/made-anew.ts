import { readJsonFile } from './atomic-file.ts';
import { damageText, isForbidden, type OnDamage, tellOnStderr } from './damage.ts';
import { setAside } from './set-aside.ts';

/**
 * Reads a JSON file that can be made anew. A damaged one is set aside, and that is told.
 *
 * @param isValid whether a value is what the file should hold
 * @param lost what is lost with the file, as in "Lost: …"
 * @returns undefined when there is none, or it was damaged
 */
export function readOrBegin<T>(
  path: string,
  isValid: (value: unknown) => value is T,
  { onDamage = tellOnStderr, lost }: { readonly onDamage?: OnDamage | undefined; readonly lost: string },
): T | undefined {
  try {
    const value = readJsonFile<unknown>(path);
    if (value === undefined || isValid(value)) return value;
  } catch (error) {
    if (isForbidden(error)) throw error;
  }
  onDamage(damageText.anew(path, lost, setAside(path)));
  return undefined;
}
