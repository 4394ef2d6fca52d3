import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { test } from 'node:test';
import { parseEnv } from 'node:util';
import fc from 'fast-check';
import { checkEnvFile, cutSettings } from '../../party/env-file.ts';
import { emptyFolder } from '../support/folder.ts';

for (const [line, isCut, isCutByCompose = isCut] of [
  ['CAMERA_PASSWORD=s3cret#1', true, false],
  ['CAMERA_PASSWORD=s3cret #1', true],
  ['CAMERA_PASSWORD=#s3cret', true],
  ['CAMERA_PASSWORD= #s3cret', true],
  ['CAMERA_URL=rtsp://joy:12#s3cret@192.168.1.20/1', true, false],
  ['export CAMERA_URL=rtsp://joy:12#s3cret@192.168.1.20/1', true, false],
  ['  CAMERA_USER = joy#s3cret', true, false],
  ["CAMERA_PASSWORD='it's #s3cret'", true],
  ['CAMERA_PASSWORD="s3cret"#1"', true],
  ["CAMERA_PASSWORD='s3cret #1", true],
  ["CAMERA_PASSWORD='s3cret #1'", false],
  ["CAMERA_PASSWORD='s3cret #1' # the camera's", false],
  ['CAMERA_PASSWORD="s3cret#1"', false],
  ['CAMERA_PASSWORD=`s3cret#1`', false],
  ["CAMERA_PASSWORD='s3cret\n#1'", false],
  ['CAMERA_URL=rtsp://joy:12%23s3cret@192.168.1.20/1', false],
  ['#CAMERA_PASSWORD=s3cret#1', false],
  ['  # CAMERA_PASSWORD=s3cret#1', false],
  ['CAMERA_PASSWORD=', false],
  ['BOT_TOKEN=1:AA # of my bot', false],
] as const) {
  test(`a value ${isCut ? 'that is cut off is noticed' : 'that is whole is left alone'}: ${line}`, () => {
    const text = `PARTY_TZ=Europe/Vienna\r\n${line}\r\nRECOGNITION=video\r\n`;
    const names = (cut: boolean) => (cut ? [/CAMERA_\w+/.exec(line)![0]] : []);
    assert.deepEqual(cutSettings(text), names(isCut));
    assert.deepEqual(cutSettings(text, 'compose'), names(isCutByCompose));
  });
}

test('of whatever is not said to be cut off, Node reads all', () => {
  const character = fc.constantFrom(...'ab1 #\'"`$%@:/=');
  fc.assert(
    fc.property(fc.string({ unit: character, maxLength: 12 }), (value) => {
      if (cutSettings(`CAMERA_PASSWORD=${value}\n`).length > 0) return;
      const { CAMERA_PASSWORD: read = '' } = parseEnv(`CAMERA_PASSWORD=${value}\n`);
      const [, quoted] = /^(['"`])(.*?)\1\s*(?:\s#.*)?$/.exec(value.trim())?.slice(1) ?? [];
      assert.equal(read.trim(), (quoted ?? value).trim());
    }),
    { numRuns: 2000 },
  );
});

test('the words name the settings and the file, and nothing of what is in it', async () => {
  const file = path.join(await emptyFolder(), 'my.env');
  checkEnvFile(file);
  await writeFile(file, 'CAMERA_URL=rtsp://bell:12#s3cret@192.168.1.20/1\nCAMERA_PASSWORD=pa#s3cret\n');
  assert.throws(
    () => checkEnvFile(file),
    ({ name, message }: Error) => {
      assert.equal(name, 'ConfigurationError');
      assert.match(message, /my\.env, a part of CAMERA_URL and CAMERA_PASSWORD is cut off.*single quotes/);
      assert.doesNotMatch(message, /bell|s3cret|192\.168/);
      return true;
    },
  );
  checkEnvFile(file, 'compose');
});
