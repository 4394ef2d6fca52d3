import type { StackEvent } from '@aws-sdk/client-cloudformation';
import { stackText } from './stack.text.ts';

/** What CloudFormation says of resources that it gave up because another had failed. */
const consequence = /cancelled|canceled|The following resource\(s\) failed/i;

/** Whether an event tells of a failure of its own, and not of the consequence of another one. */
export function isFailure({ ResourceStatus, ResourceStatusReason = '' }: StackEvent): boolean {
  return ResourceStatus?.endsWith('_FAILED') === true && !consequence.test(ResourceStatusReason);
}

/** A failure in words: which resource, and CloudFormation's reason without what only its programmers read. */
export function failureIn(event: StackEvent): string {
  const { ResourceType = '', ResourceStatusReason = 'no reason was given' } = event;
  const reason = ResourceStatusReason.replace(
    /\s*\((RequestToken|Service|SDK Attempt Count|HandlerErrorCode)[^()]*\)/g,
    '',
  ).trim();
  return stackText.failedResource(plainName(event), ResourceType, reason);
}

/** A resource's name in the template without the eight digits that the CDK adds. */
export function plainName({ LogicalResourceId = '' }: StackEvent): string {
  return LogicalResourceId.replace(/[0-9A-F]{8}$/, '') || LogicalResourceId;
}
