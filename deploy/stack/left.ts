import {
  type CloudFormationClient,
  paginateListStackResources,
  paginateListStacks,
} from '@aws-sdk/client-cloudformation';
import { CloudWatchLogsClient, paginateDescribeLogGroups } from '@aws-sdk/client-cloudwatch-logs';
import { callOptions } from '../call-options.ts';

/** What a stack holds, by the kind of resource: names on AWS. Also of a stack that is half gone. */
export async function listResources(
  client: CloudFormationClient,
  stackId: string,
): Promise<ReadonlyMap<string, readonly string[]>> {
  const byType = new Map<string, string[]>();
  for await (const { StackResourceSummaries = [] } of paginateListStackResources(
    { client },
    { StackName: stackId },
  )) {
    for (const { ResourceType = '', PhysicalResourceId, ResourceStatus } of StackResourceSummaries) {
      if (PhysicalResourceId === undefined || ResourceStatus === 'DELETE_COMPLETE') continue;
      byType.set(ResourceType, [...(byType.get(ResourceType) ?? []), PhysicalResourceId]);
    }
  }
  return byType;
}

/** The ARN of the last stack of a name that was deleted: CloudFormation knows it for ninety days. */
export async function lastDeleted(client: CloudFormationClient, name: string): Promise<string | undefined> {
  for await (const { StackSummaries = [] } of paginateListStacks(
    { client },
    { StackStatusFilter: ['DELETE_COMPLETE'] },
  )) {
    // The newest comes first.
    const found = StackSummaries.find(({ StackName }) => StackName === name);
    if (found) return found.StackId;
  }
  return undefined;
}

/** Log groups of the stack's functions that are still there: Lambda makes one anew when a function is called late. */
export async function logGroups(stack: string): Promise<string[]> {
  const client = new CloudWatchLogsClient(callOptions());
  const names: string[] = [];
  const logGroupNamePrefix = `/aws/lambda/${stack}-`;
  for await (const { logGroups = [] } of paginateDescribeLogGroups({ client }, { logGroupNamePrefix })) {
    names.push(...logGroups.map(({ logGroupName = '' }) => logGroupName));
  }
  return names;
}
