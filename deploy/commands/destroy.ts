import { bootstrapStack } from '../account/bootstrap.ts';
import { identify } from '../account/identity.ts';
import { deleteSecret, hasSecret, secretName } from '../chat/secret.ts';
import { type Clients, createClients } from '../clients.ts';
import type { Surroundings } from '../command.ts';
import { CommandError, StoppedError } from '../errors.ts';
import { deleteKeys, listKeys } from '../home/access-key.ts';
import type { DestroyOptions } from '../options.ts';
import { deleteBucket, hasBucket } from '../stack/bucket.ts';
import { lastDeleted, listResources, logGroups } from '../stack/left.ts';
import { withProgress } from '../stack/progress.ts';
import { removeStack } from '../stack/remove.ts';
import { stackText } from '../stack/stack.text.ts';
import { readStack, refuseIfNotOurs, type StackState } from '../stack/state.ts';
import type { Terminal } from '../terminal.ts';
import { destroyText } from './destroy.text.ts';

/** What belongs to the house. */
interface Belongings {
  readonly state: StackState | undefined;
  /** The producer's. */
  readonly user: string | undefined;
  readonly keys: readonly string[];
  readonly bucket: string | undefined;
  readonly secret: boolean;
}

/** `npm run destroy`: removes the house, whatever state it is in, and says what is left. Safe to repeat. */
export async function destroy(options: DestroyOptions, surroundings: Surroundings): Promise<number> {
  const { name } = options;
  const { terminal } = surroundings;
  if (!terminal.interactive && (!options.yes || options.pictures === undefined))
    throw new CommandError(destroyText.noTerminal);
  terminal.say(destroyText.looking);
  const { account, region } = await identify(options.region);
  const clients = createClients();
  const found = await findBelongings(clients, name);
  const { state, keys, bucket, secret } = found;
  if (!state && !secret && bucket === undefined) {
    terminal.say(destroyText.nothing(name, region));
    await sayWhatIsLeft(clients, name, found, [], terminal);
    return 0;
  }
  const deletePictures = bucket !== undefined && (await askPictures(bucket, options, terminal));
  terminal.say(
    destroyText.found({
      name,
      account,
      region,
      status: state?.status,
      keys: keys.length,
      bucket: deletePictures ? bucket : undefined,
    }),
  );
  await confirm(options, terminal);
  const left = await removeAll(clients, name, found, deletePictures, surroundings);
  terminal.say(destroyText.gone(name));
  await sayWhatIsLeft(clients, name, found, left, terminal);
  return 0;
}

async function findBelongings(clients: Clients, name: string): Promise<Belongings> {
  const state = await readStack(clients.cloudFormation, name);
  refuseIfNotOurs(name, state);
  const secret = await hasSecret(clients.secrets, name);
  // Of a stack that is gone, the bucket may have stayed.
  const id = state?.id ?? (await lastDeleted(clients.cloudFormation, name));
  if (id === undefined) return { state, secret, user: undefined, keys: [], bucket: undefined };
  const resources = await listResources(clients.cloudFormation, id);
  const user = resources.get('AWS::IAM::User')?.[0];
  const bucket = resources.get('AWS::S3::Bucket')?.[0];
  const keys = user === undefined ? [] : await listKeys(clients.iam, user);
  const there = bucket !== undefined && (await hasBucket(clients.s3, bucket));
  return { state, secret, user, keys, bucket: there ? bucket : undefined };
}

/** @returns what CloudFormation could not delete */
async function removeAll(
  clients: Clients,
  name: string,
  { state, user, keys, bucket, secret }: Belongings,
  deletePictures: boolean,
  surroundings: Surroundings,
): Promise<string[]> {
  const { terminal } = surroundings;
  // First of all, for CloudFormation cannot delete a user that has keys.
  if (user !== undefined && keys.length > 0) {
    await deleteKeys(clients.iam, user, keys);
    terminal.say(destroyText.keysDeleted(keys.length));
  }
  const left = state ? await removeHouse(clients, state, name, surroundings) : [];
  if (deletePictures && bucket !== undefined && (await hasBucket(clients.s3, bucket))) {
    terminal.say(destroyText.emptying(bucket));
    await deleteBucket(clients.s3, bucket);
    terminal.say(destroyText.bucketDeleted(bucket));
  }
  // Last: until the stack is gone, its setup needs the token to take the webhook away.
  if (secret) {
    await deleteSecret(clients.secrets, name);
    terminal.say(destroyText.secretDeleted(secretName(name)));
  }
  return left;
}

async function askPictures(
  bucket: string,
  { pictures, yes }: DestroyOptions,
  terminal: Terminal,
): Promise<boolean> {
  if (pictures !== undefined || yes) return pictures === 'delete';
  return terminal.confirm(destroyText.askPictures(bucket), true);
}

async function confirm({ name, yes }: DestroyOptions, terminal: Terminal): Promise<void> {
  if (yes) return;
  if ((await terminal.text(destroyText.askName(name))) !== name)
    throw new StoppedError(destroyText.otherName);
}

async function removeHouse(
  { cloudFormation }: Clients,
  state: StackState,
  name: string,
  surroundings: Surroundings,
): Promise<string[]> {
  return withProgress(surroundings, (progress) => {
    progress.step(stackText.removing);
    return removeStack(cloudFormation, state, name, progress);
  });
}

async function sayWhatIsLeft(
  { cloudFormation, s3 }: Clients,
  name: string,
  { bucket }: Belongings,
  resources: readonly string[],
  terminal: Terminal,
): Promise<void> {
  const logs = await logGroups(name);
  const keptBucket = bucket !== undefined && (await hasBucket(s3, bucket));
  const lines = [
    ...(keptBucket ? [destroyText.leftBucket(bucket)] : []),
    ...resources.filter((resource) => resource !== bucket).map(destroyText.leftResource),
    ...(logs.length > 0 ? [destroyText.leftLogs(logs)] : []),
    ...((await readStack(cloudFormation, bootstrapStack)) ? [destroyText.leftBootstrap(bootstrapStack)] : []),
  ];
  terminal.say(lines.length > 0 ? [destroyText.left, ...lines].join('\n') : destroyText.nothingLeft);
}
