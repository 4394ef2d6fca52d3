/** Numbers in [0, 1) that follow from the seed alone: mulberry32. */
export function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** Values at the edges of what a reader may expect. */
const edges: readonly unknown[] = [
  ...[null, true, '', ' ', '\u0000', '0', 'NaN', '../..', 'ä'.repeat(3000), 'x'.repeat(70_000), '\ud800'],
  ...[0, -1, 0.1, 1e-300, 1e21, -1e308, 1e308, Number.MAX_SAFE_INTEGER, 2 ** 53, 8.64e12, 1e13],
  ...[[], {}, [[]], [null], { __proto__: { pk: 'PARTY' } }, { length: 5 }, { constructor: 1 }],
];

type Node = Record<string, unknown> | unknown[];

/** A JSON value with a few things in it changed: gone, replaced, doubled, renamed, or taken from elsewhere in it. */
export function mutated(value: unknown, random: () => number): unknown {
  const copy: unknown = structuredClone(value);
  const changes = 1 + Math.floor(random() ** 4 * 4);
  for (let change = 0; change < changes; change++) mutateOnce(copy, random);
  return copy;
}

/** The bytes of a value, sometimes cut, overwritten or doubled somewhere. */
export function mutatedBytes(value: unknown, random: () => number): Buffer {
  const bytes = Buffer.from(JSON.stringify(value));
  const at = Math.floor(random() * bytes.length);
  const kind = random();
  if (kind < 0.9) return bytes;
  if (kind < 0.94) return bytes.subarray(0, at);
  if (kind < 0.97) return Buffer.concat([bytes.subarray(0, at), bytes]);
  bytes[at] = Math.floor(random() * 256);
  return bytes;
}

function mutateOnce(root: unknown, random: () => number): void {
  const nodes = nodesOf(root);
  const pick = <T>(from: readonly T[]): T => from[Math.floor(random() * from.length)]!;
  if (nodes.length === 0) return;
  const node = pick(nodes) as Record<string, unknown>;
  const key = pick(Object.keys(node));
  if (key === undefined) return;
  const kind = random();
  if (typeof node[key] === 'number' && random() < 0.5) node[key] = node[key] * random() * 2;
  else if (kind < 0.2) delete node[key];
  else if (kind < 0.65) node[key] = structuredClone(pick(edges));
  else if (kind < 0.75) node[key] = structuredClone(pick(nodes));
  else if (kind < 0.85) node[key] = [node[key], node[key]];
  else if (kind < 0.95) node[`${key} `] = node[key];
  else if (typeof node[key] === 'number') node[key] = node[key] * 10 ** Math.floor(random() * 40 - 20);
  else node[key] = String(node[key]);
}

/** All objects and lists that are not empty. */
function nodesOf(value: unknown): Node[] {
  if (typeof value !== 'object' || value === null) return [];
  const inner = Object.values(value).flatMap(nodesOf);
  return Object.keys(value).length > 0 ? [value as Node, ...inner] : inner;
}
