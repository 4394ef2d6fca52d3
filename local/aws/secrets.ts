import { randomBytes } from 'node:crypto';
import { chmodSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { mirrored, mirrorFolder, type OpenOptions } from '../disk/damage.ts';
import { arn } from './arn.ts';
import { StateFile } from './state-file.ts';

/** What a secret holds: a text, or bytes in base64. */
export type SecretContent = { readonly text: string } | { readonly base64: string };

/** One state of a secret. */
export interface SecretVersion {
  readonly id: string;
  readonly content: SecretContent;
  /** Epoch milliseconds. */
  readonly createdAt: number;
}

/** A secret. */
export interface Secret {
  readonly name: string;
  readonly arn: string;
  readonly description?: string;
  /** Epoch milliseconds. */
  readonly createdAt: number;
  /** AWSCURRENT, and AWSPREVIOUS if there was one before. Older ones are not kept. */
  readonly versions: readonly [current: SecretVersion, previous?: SecretVersion];
  /** When it is deleted for good, epoch milliseconds; until then it can be restored, and its name is taken. */
  readonly deletedAt?: number;
}

const onlyOwnerFile = 0o600;
const onlyOwnerFolder = 0o700;

/** The secrets of this machine, in one file that only its owner can read. */
export class Secrets {
  readonly #file: StateFile<Secret[]>;
  #secrets: Secret[];

  /** Keeps `<folder>/secrets-manager/secrets.json`. @throws DamagedError */
  constructor(folder: string, options: OpenOptions = {}) {
    for (const parent of [folder, join(folder, mirrorFolder)]) {
      const own = join(parent, 'secrets-manager');
      mkdirSync(own, { recursive: true, mode: onlyOwnerFolder });
      chmodSync(own, onlyOwnerFolder);
    }
    const place = mirrored(folder, 'secrets-manager', 'secrets.json');
    this.#file = new StateFile(place, () => this.#secrets, {
      ...options,
      mode: onlyOwnerFile,
      lost: 'the secrets; the bot’s is made anew, with another claim code',
    });
    this.#secrets = this.#file.read() ?? [];
  }

  /** A secret by its name, its ARN, or its ARN without the six characters at the end. */
  find(id: string): Secret | undefined {
    return this.#secrets.find(
      ({ name, arn, deletedAt = Number.POSITIVE_INFINITY }) =>
        deletedAt > Date.now() && (id === name || id === arn || id === arn.slice(0, -7)),
    );
  }

  /** Adds a secret; there must be none of that name. */
  async create(secret: Pick<Secret, 'name' | 'description'> & { first: SecretVersion }): Promise<Secret> {
    const { first, ...rest } = secret;
    // AWS adds six characters to the ARN, so that a secret deleted and created again is another one.
    const suffix = randomBytes(4).toString('base64url').slice(0, 6).replace(/[-_]/g, 'x');
    const created: Secret = {
      ...rest,
      arn: arn('secretsmanager', `secret:${secret.name}-${suffix}`),
      createdAt: first.createdAt,
      versions: [first],
    };
    this.#secrets.push(created);
    await this.#file.save();
    return created;
  }

  /** Gives a secret a new version, which becomes the current one. */
  async put(secret: Secret, version: SecretVersion): Promise<void> {
    await this.#replace({ ...secret, versions: [version, secret.versions[0]] });
  }

  /** Has a secret deleted at a time, epoch milliseconds. */
  async schedule(secret: Secret, deletedAt: number): Promise<void> {
    await this.#replace({ ...secret, deletedAt });
  }

  /** Takes a secret back that was to be deleted; any other stays as it is. */
  async restore({ deletedAt: _, ...secret }: Secret): Promise<void> {
    await this.#replace(secret);
  }

  /** Takes a secret away at once. */
  async delete(secret: Secret): Promise<void> {
    this.#secrets = this.#secrets.filter(({ arn }) => arn !== secret.arn);
    await this.#file.save();
  }

  async #replace(changed: Secret): Promise<void> {
    this.#secrets = this.#secrets.map((one) => (one.arn === changed.arn ? changed : one));
    await this.#file.save();
  }
}
