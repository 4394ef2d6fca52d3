import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import path from 'node:path';

/** The addresses and ports that this process listens on by TCP, by Linux's account of them. */
export function listening(): string[] {
  const fds = '/proc/self/fd';
  const links = readdirSync(fds).map((fd) => {
    try {
      return readlinkSync(path.join(fds, fd));
    } catch {
      return ''; // closed meanwhile
    }
  });
  const ours = new Set(links.flatMap((link) => /^socket:\[(\d+)\]$/.exec(link)?.[1] ?? []));
  return ['tcp', 'tcp6'].flatMap((table) =>
    readFileSync(`/proc/self/net/${table}`, 'utf8')
      .trim()
      .split('\n')
      .slice(1)
      .map((line) => line.trim().split(/\s+/))
      .filter((fields) => fields[3] === '0A' && ours.has(fields[9] ?? ''))
      .map((fields) => fields[1]!),
  );
}

/** A port of the loopback address, as `listening` has it. */
export const loopback = (port: number): string =>
  `0100007F:${port.toString(16).toUpperCase().padStart(4, '0')}`;
