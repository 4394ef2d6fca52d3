import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import type { CfnElement } from 'aws-cdk-lib';
import { CfnResource } from 'aws-cdk-lib';
import { houseInApp, houses } from './synthesised.ts';

const file = fileURLToPath(new URL('resources.txt', import.meta.url));

/** One line a resource: its type, and what it is for by its place among the constructs. */
function resourceList(): string {
  return Object.entries(houses)
    .map(([name, props]) => {
      const { stack } = houseInApp(props);
      const lines = stack.node
        .findAll()
        .filter((it): it is CfnResource => CfnResource.isCfnResource(it as CfnElement))
        .map((it) => `${it.cfnResourceType.padEnd(34)} ${purpose(it)}`);
      return `${name}\n${lines
        .sort()
        .map((line) => `  ${line}`)
        .join('\n')}\n`;
    })
    .join('\n');
}

const purpose = ({ node }: CfnResource): string =>
  node.scopes
    .slice(2)
    .map((scope) => scope.node.id)
    .filter((id) => id !== 'Resource')
    .join('/');

test('a house is made of these resources and no others; UPDATE_RESOURCES=1 writes the list anew', () => {
  const list = resourceList();
  if (process.env.UPDATE_RESOURCES) writeFileSync(file, list);
  assert.equal(list, readFileSync(file, 'utf8'));
});
