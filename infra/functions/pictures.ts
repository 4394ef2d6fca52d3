import { Duration } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import type { DeadLetters } from '../dead-letters.ts';
import { type House, recognitionOf } from '../house.ts';
import { partitions } from '../table.ts';
import type { Beside } from './build.ts';
import { maySend } from './may-announce.ts';
import { PartyFunction } from './party-function.ts';

/** What the pictures work with. */
export interface PicturesFunctionProps {
  readonly house: House;
  readonly environment: Readonly<Record<string, string>>;
  /** Where jobs go that were given up. */
  readonly deadLetters: DeadLetters;
}

/** Work on pictures, which no message waits for: invoked asynchronously, and the only one that carries sharp. */
export class PicturesFunction extends PartyFunction {
  constructor(scope: Construct, id: string, { house, environment, deadLetters }: PicturesFunctionProps) {
    super(scope, id, {
      name: 'pictures',
      description: 'Pictures of the door, drawn and sent after the message.',
      timeout: Duration.seconds(60),
      memorySize: 1536,
      environment,
      beside: sharpAndFont,
    });
    const { table, bucket, video } = house;
    maySend(this, house);
    this.may(['dynamodb:GetItem', 'dynamodb:UpdateItem'], [table.tableArn], partitions('PARTY#*'));
    // What a question is about: who is who in a group photo, whom a face is like (lambdas/question-pictures.ts), or how
    // a guest's photos look.
    this.may(
      ['dynamodb:GetItem'],
      [table.tableArn],
      partitions('GROUPS', 'QUESTIONS#*', 'PEOPLE', 'PARTY', 'PARTIES'),
    );
    this.may(['dynamodb:Query'], [table.tableArn], partitions('PEOPLE', 'PERSON#*', 'PARTY#*'));
    this.may(['s3:GetObject'], [bucket.objects('photos/', this)]);
    // Not to list: without it S3 answers 403 and not 404 for a picture that is lost, or not there yet.
    this.may(['s3:ListBucket'], [bucket.bucketArn]);
    // What cannot be sent now is kept as it is to be seen; a recap's goes when it is sent.
    this.may(['s3:PutObject', 's3:DeleteObject'], [bucket.objects('snapshots/drawn/', this)]);
    // A recap shows everybody as the camera saw them, also when the house sleeps.
    this.may(['s3:GetObject'], [bucket.objects('snapshots/', this)]);
    if (recognitionOf(house) !== 'asleep') this.#asksAboutUnknownFaces(house);
    if (video) {
      this.may(['kinesisvideo:GetDataEndpoint', 'kinesisvideo:GetImages'], [video.streamArn]);
      // By images the producer has put it there.
      this.may(['s3:PutObject'], [bucket.objects('snapshots/', this)]);
    }
    this.may(['sqs:SendMessage'], [deadLetters.queueArn]);
    this.function.configureAsyncInvoke({
      retryAttempts: 2,
      // The tick asks again for what was not made, for as long as the camera's picture may be there.
      maxEventAge: Duration.minutes(10),
      onFailure: deadLetters.destination,
    });
  }

  /**
   * Hosts are asked about a face that nobody has named; it is indexed from a picture that IndexFaces reads with these
   * rights.
   */
  #asksAboutUnknownFaces({ table, collection }: House): void {
    this.may(['dynamodb:Query'], [table.tableArn], partitions('HOSTS'));
    this.may(['dynamodb:PutItem'], [table.tableArn], partitions('UNKNOWN'));
    this.may(['dynamodb:DeleteItem'], [table.tableArn], partitions('PARTY#*'));
    this.may(
      ['dynamodb:BatchGetItem', 'dynamodb:PutItem', 'dynamodb:DeleteItem'],
      [table.tableArn],
      partitions('FACES'),
    );
    this.may(
      ['rekognition:IndexFaces', 'rekognition:SearchFaces', 'rekognition:DeleteFaces'],
      [collection.arn],
    );
  }
}

/**
 * sharp is native code, which is not for a bundle. Of the font only the file goes along, for Lambda has none
 * (lambdas/drawing/font.ts).
 */
const sharpAndFont: Beside = { packages: ['sharp'], program: ['lambdas/drawing/asset.ts'] };
