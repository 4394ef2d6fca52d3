import {
  DeleteAccessKeyCommand,
  type IAMClient,
  ListAccessKeysCommand,
  NoSuchEntityException,
} from '@aws-sdk/client-iam';

/**
 * Deletes a user's access keys: IAM deletes no user that has any ("DeleteUser", IAM API), and these were made outside
 * of the stack. What is gone already is no error.
 */
export async function deleteKeysOf(iam: IAMClient, user: string, abortSignal: AbortSignal): Promise<void> {
  const listed = await unlessGone(iam.send(new ListAccessKeysCommand({ UserName: user }), { abortSignal }));
  for (const { AccessKeyId } of listed?.AccessKeyMetadata ?? [])
    await unlessGone(iam.send(new DeleteAccessKeyCommand({ UserName: user, AccessKeyId }), { abortSignal }));
}

async function unlessGone<Answer>(asked: Promise<Answer>): Promise<Answer | undefined> {
  try {
    return await asked;
  } catch (error) {
    if (!(error instanceof NoSuchEntityException)) throw error;
    return undefined;
  }
}
