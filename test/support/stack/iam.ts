import { randomBytes } from 'node:crypto';
import { AwsError } from '../../../local/aws/protocol/aws-error.ts';
import { isQuery, queryAnswer, queryError } from '../../../local/aws/protocol/query-answer.ts';
import type { LocalResponse, Service } from '../../../local/aws/service.ts';
import { signedFor } from '../../../local/aws/signature.ts';

const namespace = 'https://iam.amazonaws.com/doc/2010-05-08/';

/** IAM's access keys: as much of it as the house meets. */
export interface Iam {
  readonly service: Service;
  /** There is one more user, without keys. */
  add(user: string): void;
  /** The ids of a user's keys. */
  keysOf(user: string): string[];
}

/** An IAM in which there are these users, without keys. */
export function iamWith(users: readonly string[]): Iam {
  const keys = new Map(users.map((user) => [user, new Set<string>()]));

  function answer(form: URLSearchParams): LocalResponse {
    const [action = '', user = ''] = [form.get('Action'), form.get('UserName')].map(String);
    const own = keys.get(user);
    const none = (what: string) => new AwsError('NoSuchEntity', `The ${what} cannot be found.`, 404);
    if (!own) throw none(`user with name ${user}`);
    switch (action) {
      case 'CreateAccessKey': {
        const id = `AKIA${randomBytes(8).toString('hex').toUpperCase()}`;
        own.add(id);
        const key = { UserName: user, AccessKeyId: id, Status: 'Active', SecretAccessKey: 'known to nobody' };
        return queryAnswer(action, { AccessKey: key }, namespace);
      }
      case 'ListAccessKeys': {
        const member = [...own].map((id) => ({ UserName: user, AccessKeyId: id, Status: 'Active' }));
        return queryAnswer(action, { AccessKeyMetadata: { member }, IsTruncated: 'false' }, namespace);
      }
      case 'DeleteAccessKey':
        if (!own.delete(form.get('AccessKeyId') ?? '')) throw none('access key');
        return queryAnswer(action, {}, namespace);
      default:
        throw new AwsError('InvalidAction', `IAM ${action} is not available here.`);
    }
  }

  return {
    add: (user) => void keys.set(user, new Set()),
    keysOf: (user) => [...(keys.get(user) ?? [])],
    service: {
      name: 'IAM',
      signingName: 'iam',
      accepts: (request) => isQuery(request) && signedFor(request) === 'iam',
      answer: async ({ body }) => answer(new URLSearchParams(body.toString())),
      refuse: (error) => queryError(error, namespace),
    },
  };
}
