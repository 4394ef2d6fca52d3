import { App } from 'aws-cdk-lib';
import { readSettings } from './settings.ts';
import { MusicalJoyStack } from './stack.ts';

/**
 * The CDK app, for `npx cdk synth` and whoever knows the CDK; `npm run deploy` builds the same stack. Settings come as
 * context (`-c recognition=video`) or from the environment.
 */
const app = new App();
const { stackName, ...props } = readSettings((name) => app.node.tryGetContext(name), process.env);
new MusicalJoyStack(app, stackName, props);
