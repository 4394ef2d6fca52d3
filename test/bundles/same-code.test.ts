import assert from 'node:assert/strict';
import { access } from 'node:fs/promises';
import path from 'node:path';
import { test } from 'node:test';
import { emptyFolder } from '../support/folder.ts';
import { type SynthesizedStack, synthesize } from '../support/stack/synth.ts';
import { ofType } from '../support/stack/template.ts';

// In a first run the bundles are built here, for the evenings that run them.
test('a house by images and one by video are the same code, and all of it is there', async () => {
  const [byImages, byVideo] = [
    await codeOf(await synthesize(await emptyFolder(), { recognition: 'images' })),
    await codeOf(await synthesize(await emptyFolder(), { recognition: 'video' })),
  ];
  assert.ok(byImages.size >= 6, [...byImages.keys()].join());
  assert.deepEqual(byImages, byVideo);
});

/** What each function's code is called in the bucket, which says what is in it, by the function. */
async function codeOf({ template, code }: SynthesizedStack): Promise<Map<string, string>> {
  const functions = ofType(template, 'AWS::Lambda::Function');
  return new Map(
    await Promise.all(
      functions.map(async ([id, { Properties }]): Promise<[string, string]> => {
        const { S3Key } = Properties.Code;
        const [file = ''] = Properties.Handler.split('.');
        await access(path.join(code(S3Key), `${file}.mjs`));
        return [id, S3Key];
      }),
    ),
  );
}
