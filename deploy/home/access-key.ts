import {
  CreateAccessKeyCommand,
  DeleteAccessKeyCommand,
  type IAMClient,
  ListAccessKeysCommand,
  NoSuchEntityException,
} from '@aws-sdk/client-iam';

/** What the producer at home signs with. */
export interface AccessKey {
  readonly id: string;
  readonly secret: string;
}

/** A user may have two keys (IAM user guide, "IAM and AWS STS quotas"). */
const most = 2;

/** The ids of a user's keys, oldest first; none when there is no such user. */
export async function listKeys(iam: IAMClient, user: string): Promise<string[]> {
  try {
    const { AccessKeyMetadata = [] } = await iam.send(new ListAccessKeysCommand({ UserName: user }));
    return AccessKeyMetadata.toSorted((a, b) => Number(a.CreateDate ?? 0) - Number(b.CreateDate ?? 0)).map(
      ({ AccessKeyId = '' }) => AccessKeyId,
    );
  } catch (error) {
    if (error instanceof NoSuchEntityException) return [];
    throw error;
  }
}

/**
 * Makes a new key and takes the user's old ones away, but only when the new one is in its place: a failure in
 * between leaves the producer with a key that works.
 *
 * @param put puts the new key where the producer finds it
 * @returns how many old ones were deleted
 */
export async function replaceKey(
  iam: IAMClient,
  user: string,
  put: (key: AccessKey) => void | Promise<void>,
): Promise<number> {
  const old = await listKeys(iam, user);
  const tooMany = old.slice(0, Math.max(0, old.length - most + 1));
  await deleteKeys(iam, user, tooMany);
  const { AccessKey: made } = await iam.send(new CreateAccessKeyCommand({ UserName: user }));
  await put({ id: made?.AccessKeyId ?? '', secret: made?.SecretAccessKey ?? '' });
  await deleteKeys(iam, user, old.slice(tooMany.length));
  return old.length;
}

/** Deletes keys; one that is gone already is no error. */
export async function deleteKeys(iam: IAMClient, user: string, ids: readonly string[]): Promise<void> {
  for (const id of ids) {
    try {
      await iam.send(new DeleteAccessKeyCommand({ UserName: user, AccessKeyId: id }));
    } catch (error) {
      if (!(error instanceof NoSuchEntityException)) throw error;
    }
  }
}
