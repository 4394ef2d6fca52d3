import assert from 'node:assert/strict';
import { readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { test } from 'node:test';
import { parseEnv } from 'node:util';
import { TOKEN } from '../local/telegram/stand.ts';
import { openCloud } from './cloud.ts';
import { run } from './command.ts';

test('a house is made, and the host is given its link and the producer its file', async (t) => {
  const cloud = await openCloud(t);
  const ended = await run(t, cloud, ['deploy', '--yes', '--producer-key'], { BOT_TOKEN: TOKEN });
  assert.deepEqual(cloud.recorded.unanswered, []);
  console.log(ended.stdout, ended.stderr);
  assert.equal(ended.code, 0, ended.stdout + ended.stderr);
  const secret = await cloud.secret();
  assert.equal(secret?.token, TOKEN);
  const { username } = await cloud.telegram.api.getMe();
  assert.ok(ended.stdout.includes(`https://t.me/${username}?start=${secret?.claimCode}`));
  const file = path.join(cloud.folder, 'producer.env');
  assert.equal((await stat(file)).mode & 0o777, 0o600);
  const settings = parseEnv(await readFile(file, 'utf8'));
  assert.equal(settings.DATA_STREAM_NAME, 'MusicalJoy-sightings');
});
