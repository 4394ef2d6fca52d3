import { existsSync, readFileSync } from 'node:fs';
import { ConfigurationError } from './errors.ts';

/**
 * Who reads a file of settings: Node's `loadEnvFile` and `parseEnv`, to which every # outside of quotes begins a comment;
 * or Docker Compose's `env_file`, to which only one does that stands behind a blank or at the beginning of the value.
 */
export type EnvFileReader = 'node' | 'compose';

const setting = /^[ \t]*(?:export[ \t]+)?(CAMERA_\w*)[ \t]*=[ \t]*(.*)$/gm;

const comment: Readonly<Record<EnvFileReader, RegExp>> = { node: /#/, compose: /(?:^|\s)#/ };

/**
 * The camera's settings in such a file of which something is cut off: behind a # outside of quotes, or behind the quote
 * that ends the value. A password that is cut off is refused by the camera, which soon locks its account; and an address
 * that is cut off may show a part of the password as if it were the host.
 */
export function cutSettings(text: string, reader: EnvFileReader = 'node'): string[] {
  const cut = new Set<string>();
  for (const { 1: name = '', 2: value = '', index, 0: line } of text.matchAll(setting)) {
    const begin = index + line.length - value.length;
    if (isCut(text, begin, value, reader)) cut.add(name);
  }
  return [...cut];
}

function isCut(text: string, begin: number, value: string, reader: EnvFileReader): boolean {
  const [quote = ''] = value;
  const end = /['"`]/.test(quote) ? text.indexOf(quote, begin + 1) : -1;
  if (end < 0) return comment[reader].test(value);
  const behind = /.*/.exec(text.slice(end + 1))![0];
  return behind.trim() !== '' && !/^\s+#/.test(behind);
}

/**
 * Sees that nothing of the camera's settings in a file is cut off. A file that is not there, or may not be read, has
 * none.
 *
 * @throws {ConfigurationError} names the settings, and holds nothing of their values
 */
export function checkEnvFile(file: string, reader: EnvFileReader = 'node'): void {
  const cut = existsSync(file) ? cutSettings(readIfAllowed(file), reader) : [];
  if (cut.length === 0) return;
  throw new ConfigurationError(
    `In ${file}, a part of ${cut.join(' and ')} is cut off: there is a # outside of quotes, or something behind the closing quote. Put the whole value in single quotes, such as CAMERA_PASSWORD='correct horse #1', and comments on lines of their own.`,
  );
}

function readIfAllowed(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}
