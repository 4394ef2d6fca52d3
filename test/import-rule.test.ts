import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { before, test } from 'node:test';
import { emptyFolder } from './support/folder.ts';

const biome = path.join(
  path.dirname(createRequire(import.meta.url).resolve('@biomejs/biome/package.json')),
  'bin/biome',
);

const refused: Array<[string, string]> = [
  ['party', '../bot/bot.ts'],
  ['party/recognition', '../../local/house.ts'],
  ['party', '../vision/face.ts'],
  ['party', 'sharp'],
  ['bot', '../lambdas/match.ts'],
  ['bot/features', '../../local/house.ts'],
  ['bot', 'onnxruntime-node'],
  ['lambdas', '../vision/engine.ts'],
  ['lambdas', '../local/house.ts'],
  ['lambdas', 'node-av/api'],
  ['lambdas', 'sharp'],
  ['lambdas/drawing', '../../vision/picture.ts'],
  ['lambdas/drawing', '../../../local/house.ts'],
  ['lambdas/drawing', 'onnxruntime-node'],
  ['vision', '../party/record/record.ts'],
  ['vision/graphs', '../../local/house.ts'],
  ['carols', '../party/songs/songs.ts'],
  ['producer', '../bot/bot.ts'],
  ['producer', '../local/house.ts'],
  ['infra', '../party/config.ts'],
  ['infra/functions', '../../lambdas/match.ts'],
  ['party', '../deploy/options.ts'],
  ['bot', '../deploy/options.ts'],
  ['lambdas', '../deploy/options.ts'],
  ['producer', '../deploy/options.ts'],
  ['deploy', '../local/environment.ts'],
  ['deploy/doctor', '../../local/house.ts'],
  ['deploy/home', '../../producer/camera/camera.ts'],
  ['deploy', '../lambdas/setup.ts'],
  ['deploy/commands', '../../bot/chat.ts'],
  ['deploy/chat', '../../bot/features/party.ts'],
  ['deploy/stack', '../../infra/stack.ts'],
  ['infra', '../deploy/options.ts'],
  ['local/aws', '../environment.ts'],
  ['local/aws', '../telegram/app.ts'],
  ['local/aws', '../../vision/recognizer.ts'],
  ['local/aws/rekognition', '../../face-engine.ts'],
  ['local/aws/rekognition', '../../../party/record/record.ts'],
  ['local/aws/kinesis', '../../lambda/functions.ts'],
  ['local/telegram', '../settings.ts'],
  ['local/telegram/state', '../../aws/aws.ts'],
  ['local/telegram/methods', '../../../bot/commands.ts'],
  ['local/disk', '../aws/state-file.ts'],
  ['local/http', '../../party/config.ts'],
  ['party', '../scripts/packages.mjs'],
  ['bench', '../test/local/telegram/stand.ts'],
  ['bench', '../test/infra/synthesised.ts'],
  ['scripts/picture', '../../test/local/telegram/stand.ts'],
];
const allowed: Array<[string, string]> = [
  ['party', './table.ts'],
  ['bot/features', '../../party/guests/guests.ts'],
  ['lambdas', '../bot/bot.ts'],
  ['lambdas/drawing', 'sharp'],
  ['lambdas/drawing', '../../party/record/record.ts'],
  ['producer', '../party/record/record.ts'],
  ['producer', '../vision/engine.ts'],
  ['local', '../lambdas/match.ts'],
  ['local/aws', './rekognition/rekognition.ts'],
  ['local/aws', '../disk/disk-full.ts'],
  ['local/aws/rekognition', '../protocol/aws-error.ts'],
  ['local/aws/kinesis', '../../disk/json-lines.ts'],
  ['local/telegram', '../http/loopback.ts'],
  ['local/telegram/state', '../telegram.ts'],
  ['local/telegram/people', '../../http/loopback.ts'],
  ['local/lambda', '../aws/kinesis/data-stream.ts'],
  ['infra', './table.ts'],
  ['deploy/chat', '../../bot/api.ts'],
  ['deploy/home', './producer.ts'],
  ['bench', '../test/support/house.ts'],
  ['bench', '../test/support/telegram/person-client.ts'],
  ['bench', '../local/house.ts'],
  ['scripts/picture', '../../test/support/house.ts'],
  ['scripts', './test/main.ts'],
];

let said: string;

/** The linter with the project's rules, over files in folders of the project's names. */
before(async () => {
  const project = await emptyFolder();
  const { vcs: _, ...rules } = JSON.parse(readFileSync(new URL('../biome.json', import.meta.url), 'utf8'));
  writeFileSync(path.join(project, 'biome.json'), JSON.stringify(rules));
  for (const [index, [folder, imported]] of [...refused, ...allowed].entries()) {
    mkdirSync(path.join(project, folder), { recursive: true });
    writeFileSync(
      path.join(project, folder, `case-${index}.ts`),
      `import * as it from '${imported}';\nconsole.log(it);\n`,
    );
  }
  const { stdout, stderr } = spawnSync(
    process.execPath,
    [biome, 'lint', '--colors=off', '--max-diagnostics=none'],
    { cwd: project, encoding: 'utf8' },
  );
  said = stdout + stderr;
});

const restricted = (folder: string, index: number): boolean =>
  new RegExp(`${folder}/case-${index}\\.ts:\\S+ lint/style/noRestrictedImports`).test(said);

for (const [index, [folder, imported]] of refused.entries()) {
  test(`${folder}/ may not import ${imported}`, () => {
    assert.ok(restricted(folder, index), said);
  });
}
for (const [index, [folder, imported]] of allowed.entries()) {
  test(`${folder}/ may import ${imported}`, () => {
    assert.ok(said.includes('Checked'), said);
    assert.ok(!restricted(folder, refused.length + index));
  });
}
