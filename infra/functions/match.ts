import { Duration } from 'aws-cdk-lib';
import type { IStream } from 'aws-cdk-lib/aws-kinesis';
import { EventSourceMapping, StartingPosition } from 'aws-cdk-lib/aws-lambda';
import type { Construct } from 'constructs';
import type { DeadLetters } from '../dead-letters.ts';
import type { House } from '../house.ts';
import { partitions } from '../table.ts';
import { mayAnnounce } from './may-announce.ts';
import { PartyFunction } from './party-function.ts';
import type { PicturesFunction } from './pictures.ts';

/** What the match works with. */
export interface MatchFunctionProps {
  readonly house: House;
  readonly environment: Readonly<Record<string, string>>;
  readonly pictures: PicturesFunction;
  /** Whether the account has invocations to spare, so that some can be this function's own. */
  readonly reserveConcurrency: boolean;
  /** Where batches go that were given up. */
  readonly deadLetters: DeadLetters;
}

/** Face-search records in, arrivals out. */
export class MatchFunction extends PartyFunction {
  /** The event source mapping; absent while the house is asleep. */
  readonly source: EventSourceMapping | undefined;

  constructor(
    scope: Construct,
    id: string,
    { house, environment, pictures, reserveConcurrency, deadLetters }: MatchFunctionProps,
  ) {
    super(scope, id, {
      name: 'match',
      description: 'Face-search records in, arrivals into the chat.',
      // Shorter than the lease of a message (party/outbox/outbox.ts).
      timeout: Duration.seconds(30),
      memorySize: 1024,
      // One shard has one batch at a time. Nobody who floods the webhook can keep it waiting.
      reservedConcurrency: reserveConcurrency ? 2 : undefined,
      environment,
    });
    mayAnnounce(this, house, pictures);
    // What the door saw, for hosts who ask why; and the faces that nobody has named.
    this.may(['dynamodb:PutItem'], [house.table.tableArn], partitions('PARTY#*'));
    // Whose the faces are, and which of those guests are easily mistaken.
    this.may(['dynamodb:BatchGetItem'], [house.table.tableArn], partitions('FACES', 'PEOPLE'));
    // What was seen in time counts, though the party may be over when its record is handled.
    this.may(['dynamodb:Query'], [house.table.tableArn], partitions('PARTIES'));
    // Where faces were when the party began: by video the match tells pictures from guests
    // (party/arrivals/still-guests.ts).
    if (house.video) this.may(['dynamodb:Query'], [house.table.tableArn], partitions('PARTY#*'));
    if (house.dataStream) this.source = this.#reads(house.dataStream, deadLetters);
  }

  /**
   * Nothing of a backlog is ever announced, so nothing is read from before, and a batch that fails is not tried for
   * longer than its records mean anything.
   */
  #reads(stream: IStream, deadLetters: DeadLetters): EventSourceMapping {
    // Lambda polls with these; DescribeStream it asks for when the mapping is made.
    this.may(
      [
        'kinesis:DescribeStream',
        'kinesis:DescribeStreamSummary',
        'kinesis:GetRecords',
        'kinesis:GetShardIterator',
        'kinesis:ListShards',
      ],
      [stream.streamArn],
    );
    this.may(['sqs:SendMessage'], [deadLetters.queueArn]);
    return new EventSourceMapping(this, 'Source', {
      target: this.function,
      eventSourceArn: stream.streamArn,
      startingPosition: StartingPosition.LATEST,
      batchSize: 100,
      maxBatchingWindow: Duration.seconds(0),
      bisectBatchOnError: true,
      reportBatchItemFailures: true,
      retryAttempts: 3,
      maxRecordAge: Duration.seconds(60),
      onFailure: deadLetters.destination,
    });
  }
}
