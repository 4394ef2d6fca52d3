import { PolicyStatement, User } from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';
import { type House, recognitionOf } from './house.ts';
import { partitions } from './table.ts';

/** What the producer works with. */
export interface ProducerUserProps {
  readonly house: House;
}

/**
 * Whom the producer at home is on AWS: a user, since it runs outside of AWS on a machine of the host's. Its key is made
 * on the host's wish by `npm run deploy` and in no template; the setup deletes it before the user can go.
 */
export class ProducerUser extends User {
  constructor(scope: Construct, id: string, { house }: ProducerUserProps) {
    super(scope, id);
    const { table, bucket, collection, dataStream, video } = house;
    this.#may(['dynamodb:GetItem'], table.tableArn, partitions('WISH'));
    this.#may(['dynamodb:PutItem'], table.tableArn, partitions('PULSE'));
    if (video) this.#may(['kinesisvideo:GetDataEndpoint', 'kinesisvideo:PutMedia'], video.streamArn);
    if (recognitionOf(house) === 'images') {
      this.#may(['rekognition:SearchFacesByImage'], collection.arn);
      this.#may(['kinesis:PutRecord'], dataStream!.streamArn);
      this.#may(['s3:PutObject'], bucket.objects('snapshots/', this));
    }
  }

  #may(actions: string[], resource: string, conditions?: Record<string, unknown>): void {
    this.addToPolicy(
      new PolicyStatement({ actions, resources: [resource], ...(conditions && { conditions }) }),
    );
  }
}
