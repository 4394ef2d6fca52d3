import { Duration } from 'aws-cdk-lib';
import { Rule, Schedule } from 'aws-cdk-lib/aws-events';
import { LambdaFunction } from 'aws-cdk-lib/aws-events-targets';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import { LambdaSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import type { Construct } from 'constructs';
import { type House, recognitionOf } from '../house.ts';
import { partitions } from '../table.ts';
import { mayAnnounce } from './may-announce.ts';
import { mayStart } from './may-start.ts';
import { PartyFunction } from './party-function.ts';
import type { PicturesFunction } from './pictures.ts';

/** What the tick works with. */
export interface TickFunctionProps {
  readonly house: House;
  readonly environment: Readonly<Record<string, string>>;
  readonly pictures: PicturesFunction;
  /** What it tells the chat of. */
  readonly alarms: ITopic;
}

/** Looks after the house once a minute, and tells the chat of alarms. */
export class TickFunction extends PartyFunction {
  constructor(scope: Construct, id: string, { house, environment, pictures, alarms }: TickFunctionProps) {
    super(scope, id, {
      name: 'tick',
      description: 'Finishes what was left, ends overdue parties, tells of silent cameras and alarms.',
      // Shorter than its leases of a minute, and half of the time to the next one.
      timeout: Duration.seconds(30),
      memorySize: 512,
      environment,
    });
    mayAnnounce(this, house, pictures);
    this.#endsParties(house);
    this.#finishesStarts(house);
    this.#tellsOf(alarms, house);
    this.#sweeps(house);
    this.#deletesUnknownFaces(house);
    this.#deletesOldPhotos(house);
    this.#asksAboutSignUps(house);
    if (house.dataStream) this.#everyMinute();
  }

  #endsParties(house: House): void {
    const { table } = house;
    this.may(['dynamodb:Query'], [table.tableArn], partitions('PARTY#*', 'PEOPLE'));
    this.may(['dynamodb:GetItem', 'dynamodb:PutItem'], [table.tableArn], partitions('PARTIES'));
    this.may(['dynamodb:DeleteItem'], [table.tableArn], partitions('PARTY'));
    const recognition = recognitionOf(house);
    if (recognition !== 'asleep') {
      this.may(['dynamodb:GetItem'], [table.tableArn], partitions('WISH', 'PULSE'));
      this.may(['dynamodb:UpdateItem'], [table.tableArn], partitions('WISH'));
      // How much the producer has searched is noted with the party.
      if (recognition === 'images') this.may(['dynamodb:PutItem'], [table.tableArn], partitions('PARTY#*'));
    }
  }

  /** A start that takes longer than Telegram waits for the webhook. A house that is asleep starts none. */
  #finishesStarts(house: House): void {
    if (recognitionOf(house) === 'asleep') return;
    mayStart(this, house);
    this.may(['dynamodb:PutItem'], [house.table.tableArn], partitions('PARTY'));
    this.may(['dynamodb:Query'], [house.table.tableArn], partitions('PARTIES'));
  }

  /** Alarms are told in the party's chat, or to each host; what was told is kept, so that it is told once. */
  #tellsOf(alarms: ITopic, { table }: House): void {
    this.may(
      ['dynamodb:GetItem', 'dynamodb:UpdateItem', 'dynamodb:Query'],
      [table.tableArn],
      partitions('ALARM#*'),
    );
    this.may(['dynamodb:Query'], [table.tableArn], partitions('HOSTS'));
    alarms.addSubscription(new LambdaSubscription(this.function));
  }

  /** What a sudden end left in bucket and collection is removed. */
  #sweeps({ table, bucket, collection }: House): void {
    this.may(['dynamodb:Query'], [table.tableArn], partitions('PEOPLE', 'PERSON#*', 'SONGS', 'GROUPS'));
    this.may(['dynamodb:BatchGetItem'], [table.tableArn], partitions('FACES'));
    // What was removed too long ago to be restored is forgotten.
    this.may(['dynamodb:DeleteItem'], [table.tableArn], partitions('PEOPLE', 'PERSON#*', 'FACES', 'SONGS'));
    this.may(['dynamodb:GetItem', 'dynamodb:PutItem'], [table.tableArn], partitions('LEFTOVERS'));
    this.may(['s3:ListBucket'], [bucket.bucketArn]);
    const objects = (['photos/', 'songs/', 'snapshots/'] as const).map((folder) =>
      bucket.objects(folder, this),
    );
    this.may(['s3:DeleteObject'], objects);
    this.may(['rekognition:ListFaces', 'rekognition:DeleteFaces'], [collection.arn]);
  }

  /** Unknown faces go when their party is over, by the rights to sweep. */
  #deletesUnknownFaces({ table }: House): void {
    this.may(['dynamodb:Query', 'dynamodb:DeleteItem'], [table.tableArn], partitions('UNKNOWN'));
    this.may(['dynamodb:DeleteItem'], [table.tableArn], partitions('PARTY#*'));
  }

  /** Photos go when they were kept as long as a host has set, by the rights to sweep; then that is noted. */
  #deletesOldPhotos({ table }: House): void {
    this.may(['dynamodb:UpdateItem'], [table.tableArn], partitions('SETTINGS'));
  }

  /** Cards about guests who add themselves go when their host's chat takes them; whom nobody welcomed is forgotten. */
  #asksAboutSignUps({ table }: House): void {
    this.may(
      ['dynamodb:Query', 'dynamodb:GetItem', 'dynamodb:UpdateItem', 'dynamodb:DeleteItem'],
      [table.tableArn],
      partitions('SIGNUPS'),
    );
    this.may(
      ['dynamodb:Query', 'dynamodb:GetItem', 'dynamodb:DeleteItem'],
      [table.tableArn],
      partitions('GUESTLINKS'),
    );
    // Whether the link is open: its host is one, and no party has ended since.
    this.may(['dynamodb:GetItem'], [table.tableArn], partitions('HOSTS', 'PARTY'));
    this.may(['dynamodb:Query'], [table.tableArn], partitions('PARTIES'));
  }

  /** No second try: the next minute is one. */
  #everyMinute(): void {
    new Rule(this, 'EveryMinute', {
      description: 'Musical Joy looks after the house.',
      schedule: Schedule.rate(Duration.minutes(1)),
      targets: [new LambdaFunction(this.function, { retryAttempts: 0, maxEventAge: Duration.minutes(1) })],
    });
  }
}
