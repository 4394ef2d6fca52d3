import { App } from 'aws-cdk-lib';
import type { Assemble } from '../../deploy/stack/toolkit.ts';
import { readSettings } from '../../infra/settings.ts';
import { MusicalJoyStack } from '../../infra/stack.ts';
import { emptyFolder } from '../support/folder.ts';

/**
 * The CDK's app in this process: what is loaded once makes all templates of a test, a tenth of a second each. What the
 * commands do by themselves, an app in a process of its own, is in the tests that run commands so.
 */
export const assembleHere: Assemble = async (toolkit, settings) => {
  const { stackName, ...props } = readSettings(() => undefined, settings);
  const outdir = await emptyFolder();
  const app = new App({ outdir, analyticsReporting: false, builtinCloudFormationValidation: false });
  new MusicalJoyStack(app, stackName, props);
  app.synth();
  return toolkit.fromAssemblyDirectory(outdir);
};
