import assert from 'node:assert/strict';
import { readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { parseEnv } from 'node:util';
import { IAMClient } from '@aws-sdk/client-iam';
import { replaceKey } from '../../deploy/home/access-key.ts';
import { changedSettings, quoted, readProducerFile, writeProducerFile } from '../../deploy/home/env-file.ts';
import { credentials } from '../../local/environment.ts';
import { emptyFolder } from '../support/folder.ts';
import { openCloud } from './cloud.ts';
import { region } from './command-environment.ts';

const user = 'MusicalJoy-Producer-1ABC';

test('a file that is there keeps the host’s own lines, and is its owner’s alone afterwards', async () => {
  const file = path.join(await emptyFolder(), 'producer.env');
  writeFileSync(file, '# my camera\nCAMERA_PASSWORD=pa$$w0rd\nTABLE_NAME=old\nVIDEO_STREAM_NAME=door', {
    mode: 0o644,
  });
  writeProducerFile({ TABLE_NAME: 'new$&', VIDEO_STREAM_NAME: undefined, AWS_REGION: 'eu-central-1' }, file);
  const text = readFileSync(file, 'utf8');
  assert.match(text, /^# my camera$/m);
  assert.deepEqual(parseEnv(text), {
    CAMERA_PASSWORD: 'pa$$w0rd',
    TABLE_NAME: 'new$&',
    AWS_REGION: 'eu-central-1',
  });
  if (process.platform !== 'win32') assert.equal(statSync(file).mode & 0o777, 0o600);
  assert.deepEqual(changedSettings({ TABLE_NAME: 'new$&' }, readProducerFile(file)), []);
});

test('a camera’s login is written so that it is read as it was meant, or not at all', () => {
  for (const [value, written] of [
    ['door', 'door'],
    ['correct horse #1', "'correct horse #1'"],
    ['pa$$w"\\rd', `'pa$$w"\\rd'`],
    ["it's #1", `"it's #1"`],
    ["it's $1", undefined],
    [`it's "1"`, undefined],
    ["it's \\1", undefined],
    ['ends with \\', undefined],
    ['two\nlines', undefined],
  ] as const) {
    assert.equal(quoted(value), written);
    if (written !== undefined) assert.equal(parseEnv(`CAMERA_PASSWORD=${written}\n`).CAMERA_PASSWORD, value);
  }
});

test('an old key works until the new one is in its place, and never after', async (t) => {
  const cloud = await openCloud(t, { iam: 'the old key' });
  const iam = new IAMClient({ endpoint: cloud.environment.AWS_ENDPOINT_URL_IAM!, region, credentials });
  t.after(() => iam.destroy());
  const refused = new Error('the disk is full');
  await assert.rejects(
    replaceKey(iam, user, () => {
      throw refused;
    }),
    refused,
  );
  assert.equal(cloud.recorded.state('iam'), 'both keys', 'the old one still works');

  cloud.recorded.set({ iam: 'the old key' });
  assert.equal(await replaceKey(iam, user, () => assert.equal(cloud.recorded.state('iam'), 'both keys')), 1);
  assert.equal(cloud.recorded.state('iam'), 'the new key');
});
