import { readFileSync } from 'node:fs';
import { SourceMap } from 'node:module';
import path from 'node:path';

/**
 * Puts the places that a text names in a build (`…/chunk-XY.js:1:2`) back to where they are in the sources. Node can do so
 * itself, for each error as it is made; but then each process reads the maps of all that it loads, and few ever need one.
 *
 * @param root the project's folder, absolute
 * @param build the build's, within it; each of its files has its map beside it
 */
export function withSourcePlaces(text: string, root: string, build: string): string {
  // Stack traces have slashes, on Windows too.
  const within = path.relative(root, build).replaceAll('\\', '/');
  const project = root.replaceAll('\\', '/');
  if (!text.includes(within)) return text;
  const maps = new Map<string, SourceMap | undefined>();
  const place = new RegExp(
    `(?:file:///?)?(${escaped(project)}/)?(${escaped(within)}[^\\s:()'"]+\\.js):(\\d+):(\\d+)`,
    'g',
  );
  return text.replace(place, (built: string, before = '', file: string, line: string, column: string) => {
    if (!maps.has(file)) maps.set(file, mapOf(path.join(root, file)));
    const entry = maps.get(file)?.findEntry(Number(line) - 1, Number(column) - 1);
    if (!entry || !('originalSource' in entry)) return built;
    const source = path.posix.join(path.posix.dirname(file), entry.originalSource);
    return `${before}${source}:${entry.originalLine + 1}:${entry.originalColumn + 1}`;
  });
}

/** Undefined when it cannot be read: the build may have been removed. */
function mapOf(file: string): SourceMap | undefined {
  try {
    return new SourceMap(JSON.parse(readFileSync(`${file}.map`, 'utf8')));
  } catch {
    return undefined;
  }
}

const escaped = (text: string): string => text.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&');
