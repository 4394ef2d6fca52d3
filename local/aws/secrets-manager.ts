import { randomUUID } from 'node:crypto';
import * as secretsManager from '@aws-sdk/client-secrets-manager';
import { AwsError } from './protocol/aws-error.ts';
import type { Constraints } from './protocol/constraints.ts';
import { jsonRpcService } from './protocol/json-rpc.ts';
import type { Secret, SecretContent, Secrets, SecretVersion } from './secrets.ts';
import type { Service } from './service.ts';

/** Limits of botocore's model of secretsmanager, 2017-10-17. */
const constraints: Constraints = {
  Name: { length: [1, 512] },
  Description: { length: [0, 2048] },
  SecretId: { length: [1, 2048] },
  SecretString: { length: [1, 65_536] },
  SecretBinary: { length: [1, 65_536] },
  ClientRequestToken: { length: [32, 64] },
  VersionId: { length: [32, 64] },
  VersionStage: { length: [1, 256] },
  VersionStages: { length: [1, 20], each: { length: [1, 256] } },
};

/** How long a deleted secret can be restored if nothing else is said, and between what that may be (DeleteSecret). */
const recoveryDays = { byDefault: 30, least: 7, most: 30 } as const;
const day = 24 * 60 * 60 * 1000;

const stages = ['AWSCURRENT', 'AWSPREVIOUS'] as const;

/** Secrets Manager over the secrets of this machine. */
export function secretsManagerService(secrets: Secrets): Service {
  return jsonRpcService<typeof secretsManager>({
    name: 'Secrets Manager',
    signingName: 'secretsmanager',
    prefix: 'secretsmanager',
    client: secretsManager,
    constraints,
    operations: {
      CreateSecret: async (input) => {
        const { Name: name = '', Description: description } = input;
        if (!/^[A-Za-z0-9/_+=.@!-]+$/.test(name)) {
          throw new AwsError(
            'ValidationException',
            'Invalid name. Must be a valid name containing alphanumeric characters, or any of the following: -/_+=.@!',
          );
        }
        const first = newVersion(input);
        const known = secrets.find(name);
        if (known?.deletedAt) {
          throw new AwsError(
            'InvalidRequestException',
            "You can't create this secret because a secret with this name is already scheduled for deletion.",
          );
        }
        if (known && !isRepeated(known, first)) {
          throw new AwsError(
            'ResourceExistsException',
            `The operation failed because the secret ${name} already exists.`,
          );
        }
        const secret =
          known ?? (await secrets.create({ name, first, ...(description !== undefined && { description }) }));
        return { ARN: secret.arn, Name: secret.name, VersionId: first.id };
      },
      PutSecretValue: async (input) => {
        const secret = readable(secrets, input.SecretId);
        const version = newVersion(input);
        if (input.VersionStages?.includes(stages[0]) === false) {
          throw new AwsError(
            'InvalidRequestException',
            `On this machine a new version becomes ${stages[0]} at once.`,
          );
        }
        if (!isRepeated(secret, version)) await secrets.put(secret, version);
        return { ARN: secret.arn, Name: secret.name, VersionId: version.id, VersionStages: [stages[0]] };
      },
      GetSecretValue: async (input) => {
        const secret = readable(secrets, input.SecretId);
        const place = secret.versions.findIndex(
          (version, i) =>
            (input.VersionId === undefined || version?.id === input.VersionId) &&
            (stages[i] === input.VersionStage ||
              (input.VersionStage === undefined && (i === 0 || input.VersionId))),
        );
        const version = secret.versions[place];
        if (!version) throw notFound();
        return {
          ARN: secret.arn,
          Name: secret.name,
          VersionId: version.id,
          VersionStages: stages.slice(place, place + 1),
          CreatedDate: new Date(version.createdAt),
          ...('text' in version.content
            ? { SecretString: version.content.text }
            : { SecretBinary: Buffer.from(version.content.base64, 'base64') }),
        };
      },
      DeleteSecret: async (input) => {
        const { ForceDeleteWithoutRecovery: force = false, RecoveryWindowInDays: days } = input;
        if (force && days !== undefined) {
          throw new AwsError(
            'InvalidParameterException',
            'ForceDeleteWithoutRecovery and RecoveryWindowInDays exclude each other.',
          );
        }
        const { byDefault, least, most } = recoveryDays;
        if (days !== undefined && (days < least || days > most)) {
          throw new AwsError(
            'InvalidParameterException',
            `RecoveryWindowInDays must be between ${least} and ${most} days.`,
          );
        }
        // One that is to be deleted already can still be deleted at once, but not be scheduled again.
        const secret = force ? existing(secrets, input.SecretId) : readable(secrets, input.SecretId);
        const deletedAt = force ? Date.now() : Date.now() + (days ?? byDefault) * day;
        if (force) await secrets.delete(secret);
        else await secrets.schedule(secret, deletedAt);
        return { ARN: secret.arn, Name: secret.name, DeletionDate: new Date(deletedAt) };
      },
      RestoreSecret: async (input) => {
        const secret = existing(secrets, input.SecretId);
        await secrets.restore(secret);
        return { ARN: secret.arn, Name: secret.name };
      },
      DescribeSecret: async (input) => {
        const secret = existing(secrets, input.SecretId);
        const versions = secret.versions.filter((version) => version !== undefined);
        return {
          ARN: secret.arn,
          Name: secret.name,
          Description: secret.description,
          CreatedDate: new Date(secret.createdAt),
          LastChangedDate: new Date(secret.versions[0].createdAt),
          ...(secret.deletedAt !== undefined && { DeletedDate: new Date(secret.deletedAt) }),
          VersionIdsToStages: Object.fromEntries(versions.map(({ id }, i) => [id, stages.slice(i, i + 1)])),
        };
      },
    },
  });
}

interface NewContent {
  readonly SecretString?: string | undefined;
  readonly SecretBinary?: Uint8Array | undefined;
  readonly ClientRequestToken?: string | undefined;
}

function newVersion(input: NewContent): SecretVersion {
  return { id: input.ClientRequestToken ?? randomUUID(), content: contentOf(input), createdAt: Date.now() };
}

function contentOf({ SecretString, SecretBinary }: NewContent): SecretContent {
  if (SecretString !== undefined && SecretBinary === undefined) return { text: SecretString };
  if (SecretBinary !== undefined && SecretString === undefined) {
    return { base64: Buffer.from(SecretBinary).toString('base64') };
  }
  throw new AwsError('InvalidParameterException', 'You must provide either SecretString or SecretBinary.');
}

/** Whether this version is there already: a request that was sent again. Its token with other content is refused. */
function isRepeated(secret: Secret, version: SecretVersion): boolean {
  const same = secret.versions.find((one) => one?.id === version.id);
  if (!same) return false;
  if (JSON.stringify(same.content) === JSON.stringify(version.content)) return true;
  throw new AwsError(
    'ResourceExistsException',
    'This version of the secret exists already, with another value.',
  );
}

function existing(secrets: Secrets, id: string | undefined): Secret {
  const secret = secrets.find(id ?? '');
  if (!secret) throw notFound();
  return secret;
}

/** One whose value may be read and changed: that is over once it is to be deleted. */
function readable(secrets: Secrets, id: string | undefined): Secret {
  const secret = existing(secrets, id);
  if (!secret.deletedAt) return secret;
  throw new AwsError(
    'InvalidRequestException',
    "You can't perform this operation on the secret because it was marked for deletion.",
  );
}

function notFound(): AwsError {
  return new AwsError('ResourceNotFoundException', "Secrets Manager can't find the specified secret.");
}
