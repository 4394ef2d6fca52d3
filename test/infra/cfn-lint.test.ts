import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import path from 'node:path';
import { test } from 'node:test';
import { emptyFolder } from '../support/folder.ts';
import { houseInApp, houses } from './synthesised.ts';

const skip = isThere() ? false : 'needs cfn-lint';

/** The CDK says all dependencies, also those that follow from a reference. */
const redundantDependency = 'W3005';

test('cfn-lint finds nothing in any house', { skip }, async () => {
  const folder = await emptyFolder();
  const templates = Object.entries(houses).map(([name, props]) => {
    const outdir = path.join(folder, name.replaceAll(' ', '-'));
    houseInApp(props, outdir).app.synth();
    return path.join(outdir, 'MusicalJoy.template.json');
  });
  const { stdout, status } = spawnSync(
    'cfn-lint',
    ['--ignore-checks', redundantDependency, '--', ...templates],
    {
      encoding: 'utf8',
    },
  );
  assert.equal(stdout, '');
  assert.equal(status, 0);
});

function isThere(): boolean {
  try {
    execFileSync('cfn-lint', ['--version'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}
