import assert from 'node:assert/strict';
import { builtinModules } from 'node:module';
import path from 'node:path';
import { before, test } from 'node:test';
import { type Bundle, bundleLambda, lambdas } from '../support/bundle.ts';
import { emptyFolder } from '../support/folder.ts';

const bundles = new Map<string, Bundle>();
before(async () => {
  const folder = await emptyFolder();
  for (const name of Object.keys(lambdas)) {
    bundles.set(name, await bundleLambda(name, path.join(folder, name)));
  }
});

/** The project's folders, and the packages, that something of is in a bundle. */
const rooms = ({ parts }: Pick<Bundle, 'parts'>): string[] =>
  [...parts].map((part) => part.match(/node_modules\/((?:@[^/]+\/)?[^/]+)/)?.[1] ?? part.split('/')[0]!);

/** The SDK's clients in a bundle, and those of them that are loaded when it starts. */
function clients(name: string): { all: string[]; first: string[] } {
  const { parts, firstParts } = bundles.get(name)!;
  const [all, first] = [parts, firstParts].map((parts) => {
    const found = rooms({ parts }).flatMap((room) => /^@aws-sdk\/client-(.*)/.exec(room)?.[1] ?? []);
    return [...new Set(found)].sort();
  });
  return { all: all!, first: first! };
}

test('a Lambda brings what a party is and its chat, and nothing else of the project', () => {
  for (const [name, it] of bundles) {
    const ours = new Set(
      [...it.parts].filter((part) => !part.includes('node_modules/')).map((part) => part.split('/')[0]),
    );
    const allowed = ['lambdas', 'bot', 'party', 'infra'];
    assert.deepEqual(
      [...ours].filter((room) => !allowed.includes(room!)),
      [],
      name,
    );
    const ofInfra = [...it.parts].filter((part) => part.startsWith('infra/'));
    const credentials = 'infra/functions/lambda-credentials.ts';
    assert.ok(ofInfra.includes(credentials), `${name}: what stands in for the SDK's own`);
    const standIns = ['no-debug', 'no-endpoint-cache'].map((file) => `infra/functions/${file}.ts`);
    standIns.push(credentials);
    assert.deepEqual(
      ofInfra.filter((part) => !standIns.includes(part)),
      [],
      name,
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
      [...it.parts].filter((part) => part.endsWith('.node')),
      [],
      name,
    );
  }
});

test('node-fetch, debug, a cache of endpoints and the search for credentials stay out', () => {
  const never =
    /^(node-fetch|debug|ms|mnemonist|whatwg-url|tr46|abort-controller|@aws-sdk\/(nested-clients|credential-provider-.*|token-providers))$/;
  for (const [name, it] of bundles)
    assert.deepEqual(
      rooms(it).filter((room) => never.test(room)),
      [],
      name,
    );
});

test('the match, for which a guest waits, brings no client that it never asks, and starts with what the message needs', () => {
  assert.deepEqual(clients('match'), {
    all: ['dynamodb', 'lambda', 's3', 'secrets-manager', 'sns'],
    first: ['dynamodb', 'secrets-manager'],
  });
});

test('the webhook, for which a host waits, starts with what every update needs', () => {
  assert.deepEqual(clients('webhook').first, ['dynamodb', 'secrets-manager']);
});

test('all that a Lambda needs besides is Node’s own, and sharp for the pictures', () => {
  for (const [name, { outside }] of bundles) {
    const notNodes = outside.filter((module) => !builtinModules.includes(module.replace(/^node:/, '')));
    assert.deepEqual(notNodes, lambdas[name]!.beside, name);
  }
});

test('what somebody waits for is small: the match starts with half a megabyte at most, the webhook with 700 kB', () => {
  for (const [name, most] of Object.entries({ match: 500_000, webhook: 700_000 })) {
    const { size } = bundles.get(name)!;
    assert.ok(size <= most, `${name} starts with ${size} bytes`);
  }
});
