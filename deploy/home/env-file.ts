import { chmodSync, existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { parseEnv } from 'node:util';

/** What the producer at home is told by `producer.env`, by name. */
export type ProducerSettings = Readonly<Record<string, string | undefined>>;

/** The file's name, in the folder in which the command runs. */
export const producerFile = 'producer.env';

const head = `# What the producer at home needs. It holds a key of AWS and your camera's password: give it to nobody.
# Bring it to the computer beside the camera, fill in the camera's address, and start the producer there.`;

const cameraLines = `
# Your camera's address, such as rtsp://192.168.1.20:554/stream1, and its user and password: any characters, in single
# quotes if there is a blank or one of # $ \\ " in them.
CAMERA_URL=
CAMERA_USER=
CAMERA_PASSWORD=
`;

/** The settings that are in the file; undefined when there is none. */
export function readProducerFile(file = producerFile): ProducerSettings | undefined {
  return existsSync(file) ? parseEnv(readFileSync(file, 'utf8')) : undefined;
}

/** Those of the settings that the file has otherwise, or not at all. */
export function changedSettings(settings: ProducerSettings, before: ProducerSettings | undefined): string[] {
  return Object.keys(settings).filter(
    (name) => settings[name] !== undefined && settings[name] !== before?.[name],
  );
}

/**
 * Writes settings into the file, which only its owner may read. A file that is there keeps all other lines: the
 * host's camera is in them. An undefined setting takes its line away.
 */
export function writeProducerFile(settings: ProducerSettings, file = producerFile): void {
  const before = existsSync(file) ? readFileSync(file, 'utf8') : `${head}\n${cameraLines}`;
  const text = Object.entries(settings).reduce(withSetting, before);
  // Beside it, and then in its place: broken off, the old one is still whole. Nobody else may read it for a moment.
  const beside = `${file}.new`;
  writeFileSync(beside, text, { mode: 0o600 });
  chmodSync(beside, 0o600);
  renameSync(beside, file);
}

/**
 * A value as Node and Docker Compose both read it from such a file: in single quotes all is as it is, but for a backslash
 * at the end; in double quotes, which are for what has a single quote in it, `$` and a backslash mean something.
 *
 * @returns undefined for a value that they cannot be told alike
 */
export function quoted(value: string): string | undefined {
  if (/^[\w:/?=&%.,@+~-]+$/.test(value)) return value;
  if (!/['\r\n]|\\$/.test(value)) return `'${value}'`;
  return /["$\\\r\n]/.test(value) ? undefined : `"${value}"`;
}

function withSetting(text: string, [name, value]: [string, string | undefined]): string {
  const line = new RegExp(`^${name}=.*\\n?`, 'm');
  const now = value === undefined ? '' : `${name}=${value}\n`;
  // A function, for `$` means something in a replacement.
  if (line.test(text)) return text.replace(line, () => now);
  return text.endsWith('\n') || text === '' ? text + now : `${text}\n${now}`;
}
