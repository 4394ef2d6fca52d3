import type { Template } from '../template.ts';

/** What each resource of a template needs before it: what it refers to, and what it says that it depends on. */
export function dependenciesOf({ Resources }: Template): ReadonlyMap<string, ReadonlySet<string>> {
  return new Map(
    Object.entries(Resources).map(([id, { DependsOn = [], Properties }]) => {
      const named = [...[DependsOn].flat(), ...referredTo(Properties)];
      return [id, new Set(named.filter((other) => other in Resources && other !== id))];
    }),
  );
}

/** The logical ids in `Ref`, `Fn::GetAtt` and `Fn::Sub`, pseudo parameters among them. */
function referredTo(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(referredTo);
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, argument]) => {
    if (name === 'Ref') return [String(argument)];
    if (name === 'Fn::GetAtt') return [String([argument].flat()[0]).split('.')[0]!];
    if (name === 'Fn::Sub')
      return [...JSON.stringify(argument).matchAll(/\$\{([^}.!]+)/g)].map(([, id = '']) => id);
    return referredTo(argument);
  });
}

/**
 * A template's resources in an order in which they can be made. CloudFormation makes at once what does not depend on
 * each other, so that any such order may happen.
 *
 * @throws Error for a circle, which CloudFormation refuses
 */
export function inOrder(template: Template): string[] {
  const needs = dependenciesOf(template);
  const order: string[] = [];
  const waiting = new Set(needs.keys());
  while (waiting.size > 0) {
    const ready = [...waiting].filter((id) => [...needs.get(id)!].every((other) => !waiting.has(other)));
    if (ready.length === 0) throw new Error(`Circular dependency: ${[...waiting].join(', ')}`);
    for (const id of ready) waiting.delete(id);
    order.push(...ready);
  }
  return order;
}
