import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Validations } from 'aws-cdk-lib';
import { AwsSolutionsChecks } from 'cdk-nag';
import { emptyFolder } from '../support/folder.ts';
import { houseInApp, houses } from './synthesised.ts';

for (const [name, props] of Object.entries(houses)) {
  test(`cdk-nag finds nothing in a house (${name}) that is not accepted with its reason`, async () => {
    const folder = await emptyFolder();
    const { app } = houseInApp(props, folder);
    Validations.of(app).addPlugins(new AwsSolutionsChecks(app));
    // It throws at any finding, and prints what it found.
    assert.doesNotThrow(() => app.synth());
  });
}
