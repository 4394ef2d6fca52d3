/** What an expression may refer to, and what dynalite keeps of it while it reads a request's expressions. */
interface Context {
  readonly attrNames?: Readonly<Record<string, string>>;
  readonly attrVals?: Readonly<Record<string, Value>>;
  /** Those that no expression of the request has used yet. */
  readonly unusedAttrNames: Record<string, true>;
  readonly unusedAttrVals: Record<string, true>;
  /** Of a key condition less may be asked. */
  readonly isKeyCondition?: boolean;
}

/** A value as DynamoDB writes it: `{ S: 'Anna' }`. */
type Value = Readonly<Record<string, unknown>>;

type Parse = (expression: string, options: { readonly context: Context }) => unknown;

/** One of dynalite's parsers. */
export interface Parser {
  parse: Parse;
}

/** An expression that was read before: what became of it, with a `Place` for each value, and what it used. */
interface Known {
  readonly result: unknown;
  readonly usedNames: readonly string[];
  readonly usedValues: readonly string[];
}

/** Where in what was read a value belongs, by its name. */
class Place {
  readonly name: string;

  constructor(name: string) {
    this.name = name;
  }
}

/** Expressions are a program's own, and few; whoever makes up new ones all the time has them read each time. */
const mostKnown = 1000;

/** What they ask depends on the values themselves, and not only on their types. */
const looksAtValues = /between|attribute_type/i;

/**
 * Lets one of dynalite's parsers remember what it has read. It reads an expression letter by letter and tries all that
 * could stand there, which was a tenth of all the work of a house that people write to; and a house asks with the same few
 * dozen expressions for as long as it lives, with other values each time.
 */
export function rememberExpressions(parser: Parser): void {
  const read = parser.parse;
  const known = new Map<string, Known>();
  parser.parse = (expression, { context }) => {
    if (looksAtValues.test(expression)) return read(expression, { context });
    const key = keyOf(expression, context);
    const { result, usedNames, usedValues } = known.get(key) ?? remember(key, expression, context);
    for (const name of usedNames) delete context.unusedAttrNames[name];
    for (const name of usedValues) delete context.unusedAttrVals[name];
    return mapped(result, (part) => (part instanceof Place ? context.attrVals![part.name] : undefined));
  };

  /** @throws Error of the parser's, for an expression that is wrong; such are not kept */
  function remember(key: string, expression: string, context: Context): Known {
    const { attrNames = {}, attrVals = {} } = context;
    const unused = {
      unusedAttrNames: Object.fromEntries(Object.keys(attrNames).map((name) => [name, true as const])),
      unusedAttrVals: Object.fromEntries(Object.keys(attrVals).map((name) => [name, true as const])),
    };
    const names = new Map(Object.entries(attrVals).map(([name, value]) => [value as unknown, name]));
    const parsed = read(expression, { context: { ...context, ...unused } });
    const learnt: Known = {
      result: mapped(parsed, (part) => (names.has(part) ? new Place(names.get(part)!) : undefined)),
      usedNames: Object.keys(attrNames).filter((name) => !(name in unused.unusedAttrNames)),
      usedValues: Object.keys(attrVals).filter((name) => !(name in unused.unusedAttrVals)),
    };
    if (known.size < mostKnown) known.set(key, learnt);
    return learnt;
  }
}

/** All that decides what an expression is read as: its text, names, and the types of its values. */
function keyOf(expression: string, { attrNames, attrVals, isKeyCondition }: Context): string {
  const types = Object.entries(attrVals ?? {}).map(([name, value]) => [name, ...Object.keys(value)]);
  return JSON.stringify([expression, isKeyCondition, attrNames, types]);
}

/** A copy of nested lists and objects in which some parts are others; `other` says undefined for one that stays. */
function mapped(part: unknown, other: (part: unknown) => unknown): unknown {
  if (typeof part !== 'object' || part === null) return part;
  const replaced = other(part);
  if (replaced !== undefined) return replaced;
  if (Array.isArray(part)) return part.map((one) => mapped(one, other));
  const copy = Object.create(Object.getPrototypeOf(part));
  for (const [name, value] of Object.entries(part)) copy[name] = mapped(value, other);
  return copy;
}
