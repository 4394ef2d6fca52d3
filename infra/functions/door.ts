import { Duration } from 'aws-cdk-lib';
import { FunctionUrlAuthType } from 'aws-cdk-lib/aws-lambda';
import type { Construct } from 'constructs';
import type { House } from '../house.ts';
import { partitions } from '../table.ts';
import type { Beside } from './build.ts';
import { PartyFunction } from './party-function.ts';

/** What the door screen works with. */
export interface DoorFunctionProps {
  readonly house: House;
  readonly environment: Readonly<Record<string, string>>;
  /** Whether the account has invocations to spare, so that some can be this function's own. */
  readonly reserveConcurrency: boolean;
}

/** The screen by the door: a tablet's browser comes by the function URL. It reads, and changes nothing. */
export class DoorFunction extends PartyFunction {
  readonly url: string;

  constructor(scope: Construct, id: string, props: DoorFunctionProps) {
    const { house, environment, reserveConcurrency } = props;
    const { table, bucket } = house;
    super(scope, id, {
      name: 'door',
      description: 'The screen by the door: who arrives, and the song.',
      // A request is held for 20 s: party/door-screen/watch-arrivals.ts.
      timeout: Duration.seconds(30),
      // It mostly waits, and is paid for by the memory that it has meanwhile.
      memorySize: 256,
      // Each screen that waits takes one. Whoever else learns the URL cannot have more than this.
      reservedConcurrency: reserveConcurrency ? 10 : undefined,
      environment,
      beside: page,
      readsBotSecret: false,
    });
    // A browser signs nothing with AWS's keys: the handler asks for the link's token before it shows anything.
    this.url = this.function.addFunctionUrl({ authType: FunctionUrlAuthType.NONE }).url;
    this.may(['dynamodb:GetItem'], [table.tableArn], partitions('SCREEN', 'PARTY', 'PEOPLE', 'SONGS'));
    this.may(['dynamodb:Query'], [table.tableArn], partitions('PARTY#*', 'PERSON#*'));
    // Presigned addresses are opened with the rights of whoever signed them.
    this.may(['s3:GetObject'], [bucket.objects('photos/', this), bucket.objects('songs/', this)]);
  }
}

/** What the page loads is built for browsers, and lies beside. */
const page: Beside = { program: ['lambdas/door-screen/asset.ts', 'screen'] };
