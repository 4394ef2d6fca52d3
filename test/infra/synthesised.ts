import { App } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { MusicalJoyStack } from '../../infra/stack.ts';
import type { MusicalJoyStackProps } from '../../infra/stack-props.ts';

/** The houses there are. */
export const houses = {
  images: { recognition: 'images' },
  video: { recognition: 'video' },
  'images asleep': { recognition: 'images', asleep: true },
  'video asleep': { recognition: 'video', asleep: true },
} as const satisfies Readonly<Record<string, MusicalJoyStackProps>>;

/**
 * An app that leaves the Lambdas' code unbundled, and the house in it: what is in the bundles is another test's. The
 * CDK's own look at the template is left out too: it takes seconds, and only warns.
 */
export function houseInApp(
  props: MusicalJoyStackProps,
  outdir?: string,
): { app: App; stack: MusicalJoyStack } {
  const app = new App({
    analyticsReporting: false,
    builtinCloudFormationValidation: false,
    context: { 'aws:cdk:bundling-stacks': [] },
    ...(outdir && { outdir }),
  });
  return { app, stack: new MusicalJoyStack(app, 'MusicalJoy', props) };
}

/** The template of a house. */
export const templateOf = (props: MusicalJoyStackProps): Template =>
  Template.fromStack(houseInApp(props).stack);

/** A resource of a template. */
export interface Resource {
  readonly Type: string;
  // biome-ignore lint/suspicious/noExplicitAny: a template is any JSON, and a test looks deep into it.
  readonly Properties: any;
  readonly DependsOn?: readonly string[];
  readonly DeletionPolicy?: string;
  readonly UpdateReplacePolicy?: string;
}

/** The resources of a type, by their logical ids. */
export const resourcesOf = (template: Template, type: string): Array<[string, Resource]> =>
  Object.entries(template.findResources(type)) as Array<[string, Resource]>;
