import assert from 'node:assert/strict';
import { builtinModules } from 'node:module';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { type Bundle, bundle, lambdas } from '../support/bundle.ts';
import { temporaryFolder } from '../support/folder.ts';

const bundles = new Map<string, Bundle>();
let remove: () => Promise<void>;
before(async () => {
  const temporary = await temporaryFolder();
  remove = temporary.remove;
  for (const name of Object.keys(lambdas)) {
    bundles.set(name, await bundle(name, path.join(temporary.folder, `${name}.mjs`)));
  }
});
after(() => remove());

/** The project's folders, and the packages, that something of is in a bundle. */
const rooms = ({ parts }: Bundle): string[] =>
  [...parts.keys()].map(
    (part) => part.match(/node_modules\/((?:@[^/]+\/)?[^/]+)/)?.[1] ?? part.split('/')[0]!,
  );

test('a Lambda brings what a party is and its chat, and nothing else of the project', () => {
  for (const [name, it] of bundles) {
    const ours = new Set(
      [...it.parts.keys()]
        .filter((part) => !part.includes('node_modules/'))
        .map((part) => part.split('/')[0]),
    );
    const allowed = ['lambdas', 'bot', 'party', 'infra'];
    assert.deepEqual(
      [...ours].filter((room) => !allowed.includes(room!)),
      [],
      name,
    );
    const ofInfra = [...it.parts.keys()].filter((part) => part.startsWith('infra/'));
    assert.deepEqual(
      ofInfra,
      ['infra/functions/lambda-credentials.ts'],
      `${name}: what stands in for the SDK's own`,
    );
  }
});

test('no Lambda brings native code, the CDK, or what only one machine has', () => {
  const never =
    /^(sharp|@img|onnxruntime|node-av|dynalite|aws-cdk-lib|constructs|cdk-nag|playwright|@vladmandic|hono|@hono|esbuild|tsx)/;
  for (const [name, it] of bundles) {
    assert.deepEqual(
      rooms(it).filter((room) => never.test(room)),
      [],
      name,
    );
    assert.deepEqual(
      [...it.parts.keys()].filter((part) => part.endsWith('.node')),
      [],
      name,
    );
  }
});

test('node-fetch and the search for credentials stay out', () => {
  const never =
    /^(node-fetch|whatwg-url|tr46|abort-controller|@aws-sdk\/(nested-clients|credential-provider-.*|token-providers))$/;
  for (const [name, it] of bundles)
    assert.deepEqual(
      rooms(it).filter((room) => never.test(room)),
      [],
      name,
    );
});

test('the match, for which a guest waits, brings no client that it never asks', () => {
  const clients = rooms(bundles.get('match')!).filter((room) => room.startsWith('@aws-sdk/client-'));
  assert.deepEqual([...new Set(clients)].sort(), [
    '@aws-sdk/client-dynamodb',
    '@aws-sdk/client-lambda',
    '@aws-sdk/client-s3',
    '@aws-sdk/client-secrets-manager',
    '@aws-sdk/client-sns',
  ]);
});

test('all that a Lambda needs besides is Node’s own, and sharp for the pictures', () => {
  for (const [name, { outside }] of bundles) {
    const notNodes = outside.filter((module) => !builtinModules.includes(module.replace(/^node:/, '')));
    assert.deepEqual(notNodes, lambdas[name], name);
  }
});

test('what a host waits for is small: the match and the webhook stay under a megabyte', () => {
  for (const name of ['match', 'webhook']) {
    const { size } = bundles.get(name)!;
    assert.ok(size < 1_000_000, `${name} has ${size} bytes`);
  }
});
