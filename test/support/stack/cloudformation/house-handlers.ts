import { DeleteTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DeleteStreamCommand, KinesisClient } from '@aws-sdk/client-kinesis';
import {
  DeleteStreamCommand as DeleteVideoStreamCommand,
  KinesisVideoClient,
} from '@aws-sdk/client-kinesis-video';
import { DeleteCollectionCommand, RekognitionClient } from '@aws-sdk/client-rekognition';
import { DeleteBucketCommand, S3Client } from '@aws-sdk/client-s3';
import type { CustomResource } from '../../../../lambdas/setup/custom-resource.ts';
import { minute } from '../../../../party/clock.ts';
import type { CloudFormation } from '../../cloudformation.ts';
import type { Iam } from '../iam.ts';
import { named } from '../named.ts';
import { type ClientOptions, makeResource } from '../resources.ts';
import type { Made } from '../template.ts';
import {
  MadeInPart,
  type ResourceHandlers,
  type ThereResource,
  type WantedResource,
} from './resource-handlers.ts';

/** What a house's resources are made of. */
export interface HouseSurroundings {
  readonly stackName: string;
  /** The local AWS, which has some of them for real; of the others there is the name alone. */
  readonly options: ClientOptions;
  readonly iam: Iam;
  /** Takes the setup's answers. */
  readonly cloudFormation: CloudFormation;
  /** The setup Lambda, by its environment. */
  readonly setup: (variables: Record<string, string>) => CustomResource;
  /** Where the webhook's function URL leads. */
  readonly webhookUrl: string;
  /**
   * Begins to hand a stream's records to a function, by the properties of the mapping; nobody reads them if not given.
   */
  readonly openSource?: (properties: Readonly<Record<string, unknown>>) => Promise<Source>;
}

/** An event source mapping that is there. */
interface Source {
  close(): Promise<void>;
}

/**
 * Makes and deletes a house's resources on the local AWS, and has its setup called, by CloudFormation's own rules: a
 * name can be had once, a bucket and a user go only when they are empty, and a Lambda works while it is there and its
 * role may do something.
 */
export class HouseHandlers implements ResourceHandlers {
  readonly #around: HouseSurroundings;
  /** By type and name on AWS. */
  readonly #there = new Map<string, ThereResource>();
  /** By the mapping's name. */
  readonly #sources = new Map<string, Source>();
  #count = 0;

  constructor(around: HouseSurroundings) {
    this.#around = around;
  }

  /** What there is in the account, by type and name. */
  get there(): string[] {
    return [...this.#there.keys()].sort();
  }

  /** Takes away what CloudFormation has left, as a person would. */
  async sweep(): Promise<void> {
    for (const [key, one] of this.#there) {
      // With the keys of a user, and the pictures in a bucket, which nothing here looks at any more.
      if (!/User$|Bucket$/.test(one.type)) await this.#removeReally(one);
      this.#there.delete(key);
    }
  }

  /** What a Lambda's environment says. @param name the function's */
  variablesOf(name: string): Record<string, string> {
    const { Environment } = this.#there.get(keyOf('AWS::Lambda::Function', name))?.properties ?? {};
    return (Environment as { readonly Variables: Record<string, string> } | undefined)?.Variables ?? {};
  }

  async create(wanted: WantedResource): Promise<Made> {
    const { id, type, properties } = wanted;
    if (type.startsWith('Custom::')) return this.#callSetup('Create', wanted);
    const name = `${this.#around.stackName}-${id}-${++this.#count}`;
    const resource = { Type: type, Properties: properties };
    const { ref } = named(resource, name);
    if (this.#there.has(keyOf(type, ref))) throw new Error(`${ref} already exists`);
    const made = await makeResource(resource, name, this.#around.options);
    this.#there.set(keyOf(type, made.ref), { ...wanted, made });
    if (type === 'AWS::IAM::User') this.#around.iam.add(made.ref);
    if (type === 'AWS::Lambda::EventSourceMapping') {
      const source = await this.#around.openSource?.(properties);
      if (source) this.#sources.set(made.ref, source);
    }
    if (type !== 'AWS::Lambda::Url') return made;
    return { ref: made.ref, attributes: { FunctionUrl: this.#around.webhookUrl } };
  }

  async update(wanted: WantedResource, there: ThereResource): Promise<Made> {
    if (wanted.type.startsWith('Custom::')) return this.#callSetup('Update', wanted, there);
    this.#there.set(keyOf(wanted.type, there.made.ref), { ...wanted, made: there.made });
    return there.made;
  }

  async remove(there: ThereResource): Promise<void> {
    const { type, made } = there;
    if (type.startsWith('Custom::')) return void (await this.#callSetup('Delete', there, there));
    await this.#removeReally(there);
    this.#there.delete(keyOf(type, made.ref));
  }

  async #removeReally({ type, made: { ref, attributes } }: ThereResource): Promise<void> {
    const { options, iam } = this.#around;
    switch (type) {
      case 'AWS::DynamoDB::Table':
        await new DynamoDBClient(options).send(new DeleteTableCommand({ TableName: ref }));
        return;
      case 'AWS::S3::Bucket':
        await new S3Client(options).send(new DeleteBucketCommand({ Bucket: ref }));
        return;
      case 'AWS::Kinesis::Stream':
        await new KinesisClient(options).send(new DeleteStreamCommand({ StreamName: ref }));
        return;
      case 'AWS::KinesisVideo::Stream':
        await new KinesisVideoClient(options).send(
          new DeleteVideoStreamCommand({ StreamARN: attributes.Arn }),
        );
        return;
      case 'AWS::Rekognition::Collection':
        await new RekognitionClient(options).send(new DeleteCollectionCommand({ CollectionId: ref }));
        return;
      case 'AWS::Lambda::EventSourceMapping':
        await this.#sources.get(ref)?.close();
        this.#sources.delete(ref);
        return;
      case 'AWS::IAM::User':
        if (iam.keysOf(ref).length > 0)
          throw new Error('Cannot delete entity, must delete access keys first.');
    }
  }

  async #callSetup(
    type: 'Create' | 'Update' | 'Delete',
    wanted: WantedResource,
    there?: ThereResource,
  ): Promise<Made> {
    const { setup, cloudFormation } = this.#around;
    this.#refuseUnlessCallable(String(wanted.properties.ServiceToken));
    const event = cloudFormation.event(type, textsOf(wanted), {
      ...(there && { id: there.made.ref, old: textsOf(there) }),
    });
    const name = String(wanted.properties.ServiceToken).split(':').at(-1) ?? '';
    await setup(this.variablesOf(name))(event, { getRemainingTimeInMillis: () => minute });
    const { Status, Reason = '', PhysicalResourceId: ref } = cloudFormation.answered.at(-1)!.answer;
    const made = { ref, attributes: {} };
    if (Status === 'SUCCESS') return made;
    throw type === 'Create' ? new MadeInPart(made, Reason) : new Error(Reason);
  }

  /** A custom resource whose Lambda is gone, or may do nothing, waits an hour for an answer. */
  #refuseUnlessCallable(functionArn: string): void {
    const own = this.#there.get(keyOf('AWS::Lambda::Function', functionArn.split(':').at(-1) ?? ''));
    const role = String(own?.properties.Role).split('/').at(-1);
    const policies = [...this.#there.values()].filter(({ type }) => type === 'AWS::IAM::Policy');
    const may = policies.some(({ properties }) =>
      (properties.Roles as string[] | undefined)?.includes(role ?? ''),
    );
    if (!own || !may || !this.#there.has(keyOf('AWS::IAM::Role', role ?? '')))
      throw new Error('CloudFormation did not receive a response from your Custom Resource.');
  }
}

const keyOf = (type: string, name: string): string => `${type} ${name}`;

/** A custom resource's properties, which are texts, without where they go. */
function textsOf({
  properties: { ServiceToken, ServiceTimeout, ...own },
}: WantedResource): Record<string, string> {
  return own as Record<string, string>;
}
