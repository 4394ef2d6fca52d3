import { Duration, Validations } from 'aws-cdk-lib';
import { FunctionUrlAuthType } from 'aws-cdk-lib/aws-lambda';
import type { Construct } from 'constructs';
import type { House } from '../house.ts';
import { mayStart } from './may-start.ts';
import { PartyFunction } from './party-function.ts';
import type { PicturesFunction } from './pictures.ts';

/** What the webhook works with. */
export interface WebhookFunctionProps {
  readonly house: House;
  readonly environment: Readonly<Record<string, string>>;
  readonly pictures: PicturesFunction;
  /** Whether the account has invocations to spare, so that some can be this function's own. */
  readonly reserveConcurrency: boolean;
  /** Where the door screen is, for its link. */
  readonly doorUrl: string;
}

/** The bot: Telegram's updates come in by the function URL. */
export class WebhookFunction extends PartyFunction {
  readonly url: string;

  constructor(scope: Construct, id: string, props: WebhookFunctionProps) {
    const { house, environment, pictures, reserveConcurrency, doorUrl } = props;
    super(scope, id, {
      name: 'webhook',
      description: "The chat: handles Telegram's updates.",
      // Telegram gives up on a call after 60 s, and the lease of an update is as long: lambdas/webhook.ts.
      timeout: Duration.seconds(55),
      memorySize: 1024,
      // Telegram calls once at a time (bot/webhook.ts). Whoever else learns the URL cannot have more than this.
      reservedConcurrency: reserveConcurrency ? 5 : undefined,
      environment: { ...environment, DOOR_URL: doorUrl },
    });
    // Telegram signs nothing with AWS's keys: the handler asks for its secret header before it does anything.
    this.url = this.function.addFunctionUrl({ authType: FunctionUrlAuthType.NONE }).url;
    this.#keepsTheHouse(house);
    // An arrival that a host says of himself is told to subscribers, too.
    this.may(['sns:Publish'], [house.arrivals.topicArn]);
    this.may(['lambda:InvokeFunction'], [pictures.function.functionArn]);
    mayStart(this, house);
  }

  #keepsTheHouse({ table, bucket, collection }: House): void {
    this.may(
      [
        'dynamodb:GetItem',
        'dynamodb:BatchGetItem',
        'dynamodb:Query',
        'dynamodb:PutItem',
        'dynamodb:UpdateItem',
        'dynamodb:DeleteItem',
      ],
      [table.tableArn],
    );
    this.may(['s3:PutObject'], [bucket.objects('photos/', this), bucket.objects('songs/', this)]);
    // What is lost of photos and songs is found by a list of what is there.
    this.may(['s3:ListBucket'], [bucket.bucketArn]);
    // IndexFaces reads the photo with the rights of whoever calls it.
    this.may(['s3:GetObject'], [bucket.objects('photos/', this)]);
    // The picture of an unknown face becomes a guest's photo, when a host keeps it.
    this.may(['s3:GetObject'], [bucket.objects('snapshots/drawn/', this)]);
    // What people want to be forgotten: all of it is looked through, and what remains is counted.
    this.may(['dynamodb:Scan'], [table.tableArn]);
    this.may(
      ['s3:DeleteObject'],
      (['photos/', 'songs/', 'snapshots/'] as const).map((folder) => bucket.objects(folder, this)),
    );
    // A song is uploaded to be heard, when Telegram does not know it (any more).
    this.may(['s3:GetObject'], [bucket.objects('songs/', this)]);
    this.may(
      [
        'rekognition:IndexFaces',
        'rekognition:ListFaces',
        'rekognition:SearchFaces',
        'rekognition:DeleteFaces',
      ],
      [collection.arn],
    );
    this.#looksAtPhotos();
  }

  /**
   * A guest's own photo is looked at before it is anybody's. This action knows no resources ("Service Authorization
   * Reference").
   */
  #looksAtPhotos(): void {
    this.may(['rekognition:DetectFaces'], ['*']);
    Validations.of(this).acknowledge({
      id: 'AwsSolutions-IAM5[Resource::*]',
      reason: 'rekognition:DetectFaces is granted on everything or not at all.',
    });
  }
}
