import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readConfig } from '../../party/config.ts';
import { houses, type Resource, resourcesOf, templateOf } from './synthesised.ts';

/**
 * What CloudFormation would make of it is not known here: any text stands for a reference, and an address for a URL's.
 */
const asText = (variables: Record<string, unknown>): Record<string, string> =>
  Object.fromEntries(
    Object.entries(variables).map(([name, value]) => [
      name,
      typeof value === 'string' ? value : textOf(value),
    ]),
  );

const textOf = (reference: unknown): string => {
  const text = JSON.stringify(reference);
  return text.includes('"FunctionUrl"') ? 'https://function.url/' : text;
};

const functionsOf = (props: Parameters<typeof templateOf>[0]): Resource[] =>
  resourcesOf(templateOf(props), 'AWS::Lambda::Function').map(([, resource]) => resource);

const ours = ['POWERTOOLS_SERVICE_NAME', 'POWERTOOLS_METRICS_NAMESPACE', 'NODE_OPTIONS'];

for (const [name, props] of Object.entries(houses)) {
  test(`each Lambda of a house (${name}) has the settings that it asks for, and no others`, () => {
    for (const { Properties } of functionsOf({ ...props, timeZone: 'Europe/Berlin' })) {
      const variables = asText(Properties.Environment.Variables);
      const config = readConfig(variables);
      assert.deepEqual(Object.keys(variables).sort(), [...Object.keys(config), ...ours].sort());
      assert.equal(config.RECOGNITION, 'asleep' in props ? 'asleep' : props.recognition);
      assert.equal(config.PARTY_TZ, 'Europe/Berlin');
    }
  });
}

test('the pictures’ function is found under the name that the others know', () => {
  const functions = functionsOf(houses.images);
  const names = functions.map(({ Properties }) => Properties.FunctionName);
  for (const { Properties } of functions) {
    assert.ok(names.includes(Properties.Environment.Variables.PICTURES_FUNCTION));
  }
});
