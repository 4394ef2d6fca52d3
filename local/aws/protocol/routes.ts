import { NormalizedSchema } from '@smithy/core/schema';
import type { RequestHead } from '../service.ts';
import type { OperationSchema } from './operations.ts';

/** Where an operation of a REST-JSON service is asked. */
export interface Route {
  readonly operation: OperationSchema;
  readonly method: string;
  /** Path segments; `{Name}` stands for one, `{Name+}` at the end for all that are left. */
  readonly segments: readonly string[];
  /** The status of a good answer. */
  readonly status: number;
}

/** The route that an operation's `http` trait names: method, path, status. */
export function routeOf(operation: OperationSchema): Route {
  const traits = NormalizedSchema.of(operation as never).getMergedTraits();
  const [method, uri, status] = traits.http as [string, string, number];
  return { operation, method, segments: split(uri.split('?')[0] ?? '/'), status };
}

/** The route of a request and the values of its labels; fixed segments win over labels. */
export function matchRoute(
  routes: readonly Route[],
  request: RequestHead,
): { route: Route; labels: Record<string, string> } | undefined {
  const path = split(request.url.pathname);
  let best: { route: Route; labels: Record<string, string> } | undefined;
  for (const route of routes) {
    const labels = route.method === request.method ? match(route.segments, path) : undefined;
    if (labels && (!best || Object.keys(labels).length < Object.keys(best.labels).length))
      best = { route, labels };
  }
  return best;
}

function match(pattern: readonly string[], path: readonly string[]): Record<string, string> | undefined {
  const labels: Record<string, string> = {};
  for (const [index, segment] of pattern.entries()) {
    const label = /^\{(.+?)(\+?)\}$/.exec(segment);
    const value = path[index];
    if (value === undefined) return undefined;
    if (!label && segment !== value) return undefined;
    if (label?.[1]) labels[label[1]] = decoded(label[2] ? path.slice(index).join('/') : value);
    if (label?.[2]) return labels;
  }
  return pattern.length === path.length ? labels : undefined;
}

function split(path: string): string[] {
  return path.replace(/^\/|\/$/g, '').split('/');
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
