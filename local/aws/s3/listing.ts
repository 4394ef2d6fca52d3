/** Which keys of a bucket to list. */
export interface ListRequest {
  readonly prefix: string;
  /** Keys with this after the prefix are rolled up into one common prefix each. */
  readonly delimiter: string;
  /** Only what comes after this key or common prefix. */
  readonly after: string;
  readonly maxKeys: number;
}

/** A page of a listing. */
export interface Listing<T> {
  readonly contents: readonly T[];
  readonly commonPrefixes: readonly string[];
  /** Where the next page goes on; undefined if this is the last. */
  readonly next: string | undefined;
}

/** One page of `objects`, which are in the order of their keys' UTF-8 bytes (ListObjectsV2). */
export function listPage<T extends { readonly key: string }>(
  objects: readonly T[],
  request: ListRequest,
): Listing<T> {
  const contents: T[] = [];
  const commonPrefixes: string[] = [];
  let last = request.after;
  for (const object of objects) {
    if (!object.key.startsWith(request.prefix)) continue;
    const common = commonPrefix(object.key, request);
    const entry = common ?? object.key;
    // A key below a common prefix that was listed already belongs to it.
    if (entry === last || !isAfter(entry, last)) continue;
    if (contents.length + commonPrefixes.length === request.maxKeys) {
      return { contents, commonPrefixes, next: request.maxKeys > 0 ? last : undefined };
    }
    if (common === undefined) contents.push(object);
    else commonPrefixes.push(common);
    last = entry;
  }
  return { contents, commonPrefixes, next: undefined };
}

function commonPrefix(key: string, { prefix, delimiter }: ListRequest): string | undefined {
  const at = delimiter === '' ? -1 : key.indexOf(delimiter, prefix.length);
  return at < 0 ? undefined : key.slice(0, at + delimiter.length);
}

function isAfter(key: string, other: string): boolean {
  return Buffer.compare(Buffer.from(key), Buffer.from(other)) > 0;
}
