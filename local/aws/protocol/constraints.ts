import { AwsError } from './aws-error.ts';

/** What a member's value has to be. Length is that of a string, list or map, or a blob's bytes. */
export interface Constraint {
  /** It must be there. The SDK's schemas say so of most such members, but not of all. */
  readonly required?: boolean;
  readonly length?: readonly [min: number, max: number];
  readonly range?: readonly [min: number, max: number];
  /** For the whole string. */
  readonly pattern?: RegExp;
  readonly oneOf?: readonly string[];
  /** For the members of a list, or the values of a map. */
  readonly each?: Constraint;
  /** For the keys of a map. */
  readonly keys?: Constraint;
}

/**
 * A service's constraints by the name of the member, wherever it appears in a request. `Parent.Member` goes
 * first, where the parent is the member that holds it, or the operation. The SDK's schemas do not carry them;
 * the numbers are those of botocore's service models.
 */
export type Constraints = Readonly<Record<string, Constraint>>;

/** The constraints of `value`, in AWS's words; `path` is how AWS names the member. */
export function violations(constraint: Constraint, value: unknown, path: string): string[] {
  if (value == null) return constraint.required ? [isMissing(path)] : [];
  const { length, range, pattern, oneOf, each, keys } = constraint;
  const broken: string[] = [];
  const size = lengthOf(value);
  if (length && size !== undefined) {
    if (size < length[0]) broken.push(`Member must have length greater than or equal to ${length[0]}`);
    if (size > length[1]) broken.push(`Member must have length less than or equal to ${length[1]}`);
  }
  if (range && typeof value === 'number') {
    if (!(value >= range[0])) broken.push(`Member must have value greater than or equal to ${range[0]}`);
    if (!(value <= range[1])) broken.push(`Member must have value less than or equal to ${range[1]}`);
  }
  if (typeof value === 'string') {
    if (pattern && !matchesWhole(pattern, value)) {
      broken.push(`Member must satisfy regular expression pattern: ${pattern.source}`);
    }
    if (oneOf && !oneOf.includes(value))
      broken.push(`Member must satisfy enum value set: [${oneOf.join(', ')}]`);
  }
  const problems = broken.map((rule) => problem(value, path, rule));
  const inside = (rule: Constraint | undefined, member: unknown, place: string) => {
    if (rule) problems.push(...violations(rule, member, `${path}.${place}`));
  };
  if (Array.isArray(value)) {
    for (const [index, member] of value.entries()) inside(each, member, `${index + 1}.member`);
  } else if (isMap(value)) {
    for (const [key, member] of Object.entries(value)) {
      inside(keys, key, 'key');
      inside(each, member, key);
    }
  }
  return problems;
}

/** That a required member is not there, in AWS's words. */
export function isMissing(path: string): string {
  return problem(null, path, 'Member must not be null');
}

/** One broken rule in AWS's words. Only short, plain values are repeated. */
function problem(value: unknown, path: string, rule: string): string {
  const shown =
    typeof value === 'string' || typeof value === 'number' ? String(value).slice(0, 80) : typeName(value);
  return `Value '${shown}' at '${path}' failed to satisfy constraint: ${rule}`;
}

/** All broken rules of a request as one error. Nothing happens if there are none. */
export function refuseIfAny(problems: readonly string[], type = 'ValidationException'): void {
  if (problems.length === 0) return;
  const count = problems.length === 1 ? '1 validation error' : `${problems.length} validation errors`;
  throw new AwsError(type, `${count} detected: ${problems.slice(0, 10).join('; ')}`);
}

function lengthOf(value: unknown): number | undefined {
  if (typeof value === 'string' || Array.isArray(value) || value instanceof Uint8Array) return value.length;
  return isMap(value) ? Object.keys(value).length : undefined;
}

function isMap(value: unknown): value is Record<string, unknown> {
  return (
    typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Uint8Array)
  );
}

function matchesWhole(pattern: RegExp, value: string): boolean {
  return new RegExp(`^(?:${pattern.source})$`, pattern.flags).test(value);
}

function typeName(value: unknown): string {
  if (value == null) return 'null';
  return value instanceof Uint8Array ? `${value.length} bytes` : typeof value;
}
