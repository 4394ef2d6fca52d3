import { crc32 } from 'node:zlib';

/**
 * A line of JSON that tells when it was changed: `["1c291ca3",…]`, an array whose first element is the CRC-32 of what
 * stands between it and the closing bracket. Any few bytes that lie together and are wrong are noticed for sure, and
 * all else but for one in four thousand million.
 *
 * @param values each as JSON text
 */
export function seal(...values: readonly string[]): string {
  const content = values.join(',');
  return `["${sumOf(content)}",${content}]`;
}

const sealed = /^\["([0-9a-f]{8})",(.*)\]$/s;

/** Whether a line was sealed, intact or not; what is from before this was done has no seal. */
export const isSealed = (line: string): boolean => /^\["[^"]{8}",/.test(line);

/** The values of a sealed line; undefined when it is damaged, or has no seal. */
export function unseal(line: string): readonly unknown[] | undefined {
  const [, sum, content] = sealed.exec(line) ?? [];
  if (content === undefined || sumOf(content) !== sum) return undefined;
  return JSON.parse(`[${content}]`) as unknown[];
}

const sumOf = (text: string): string => crc32(text).toString(16).padStart(8, '0');
