import { CloudWatchClient } from '@aws-sdk/client-cloudwatch';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { Guests, invitedOf } from '../../party/guests/guests.ts';
import { Hosts } from '../../party/hosts/hosts.ts';
import { Parties } from '../../party/parties/parties.ts';
import { Table } from '../../party/stores/table.ts';
import { callOptions } from '../call-options.ts';
import { createClients } from '../clients.ts';
import type { Surroundings } from '../command.ts';
import { deploy } from '../commands/deploy.ts';
import { destroy } from '../commands/destroy.ts';
import { doctor } from '../commands/doctor.ts';
import { setAsleep } from '../commands/set-asleep.ts';
import { CommandError } from '../errors.ts';
import type { CheckOptions } from '../options.ts';
import { readHouse } from '../stack/state.ts';
import { tryAlarms } from './alarms.ts';
import { arriveByRecord } from './arrival.ts';
import { checkText as text } from './check.text.ts';
import type { StandInProducer } from './stand-in-producer.ts';
import { type Waiting, waitFor } from './wait.ts';

/** Something that is tried. */
export interface Step {
  readonly title: string;
  /** Without it nothing that follows makes sense, but for the last one. */
  readonly isNeeded?: boolean;
  /** @throws CommandError with what went wrong */
  act(surroundings: Surroundings): Promise<void>;
}

/** How long a person, and how long the house is waited for. */
export interface Patience {
  readonly person: Waiting;
  readonly house: Waiting;
}

/**
 * What is tried of a house on AWS, in its order; the last one takes the house away.
 *
 * @param producer beats from the deployment on, for this house has no other
 */
export function stepsOf(
  { name, region, recognition }: CheckOptions,
  patience: Patience,
  producer: StandInProducer,
): Step[] {
  const which = { name, region, help: false };
  const house = () => readHouse(createClients().cloudFormation, name);
  const tableOf = async () => {
    const client = DynamoDBDocumentClient.from(new DynamoDBClient(callOptions()));
    return new Table(client, (await house()).TableName);
  };
  const doctorStep: Step['act'] = async (around) =>
    well(await doctor({ ...which, aws: true, local: false, data: '.joy' }, around));
  const { steps: titles } = text;
  return [
    {
      title: titles.deploy,
      isNeeded: true,
      act: async (around) => {
        const unsaid = { timeZone: undefined, budget: undefined, takeOver: false, endParty: false };
        const own = { producerKey: false, noArrivalWebhook: false, equipsProducer: false, yes: true };
        well(await deploy({ ...which, recognition, ...unsaid, ...own }, around));
        await producer.begin(await tableOf());
      },
    },
    {
      title: titles.host,
      act: async ({ terminal }) => {
        const table = await tableOf();
        terminal.say(text.waitsForGuest);
        const isThere = async () =>
          ((await new Hosts(table, Date.now).list()).length > 0 && (await guestWithFace(table))) || undefined;
        if (!(await waitFor(isThere, patience.person))) throw new CommandError(text.nobody);
      },
    },
    { title: titles.doctor, act: doctorStep },
    {
      title: titles.alarms,
      act: async ({ terminal }) => {
        const client = new CloudWatchClient(callOptions());
        await tryAlarms(client, await tableOf(), name, patience.house, (line) => terminal.say(line));
      },
    },
    {
      title: titles.arrival,
      act: async ({ terminal }) => {
        const { DataStreamName: stream } = await house();
        if (stream === undefined) throw new CommandError(text.noStream);
        const table = await tableOf();
        const guest = await guestWithFace(table);
        if (!guest) throw new CommandError(text.nobody);
        terminal.say(text.waitsForParty);
        const party = await waitFor(() => new Parties(table, Date.now).on(), patience.person);
        if (!party) throw new CommandError(text.noParty);
        const { kinesis } = createClients();
        await arriveByRecord(kinesis, table, { party, stream, ...guest }, patience.house, (line) =>
          terminal.say(line),
        );
      },
    },
    {
      title: titles.sleep,
      act: async (around) => well(await setAsleep(true, { ...which, endParty: true }, around)),
    },
    {
      title: titles.wake,
      act: async (around) => well(await setAsleep(false, { ...which, endParty: false }, around)),
    },
    { title: titles.again, act: doctorStep },
    {
      title: titles.destroy,
      act: async (around) => {
        // Its table goes.
        await producer.end();
        well(await destroy({ ...which, pictures: 'delete', yes: true }, around));
      },
    },
  ];
}

function well(code: number): void {
  if (code !== 0) throw new CommandError(text.endedWith(code));
}

/** A guest who can be recognised. */
async function guestWithFace(
  table: Table,
): Promise<{ readonly guestId: string; readonly faceId: string } | undefined> {
  const guests = new Guests(table, Date.now);
  for (const { id } of invitedOf(await guests.list())) {
    const faceId = (await guests.photos(id)).flatMap(({ faceIds }) => faceIds)[0];
    if (faceId !== undefined) return { guestId: id, faceId };
  }
  return undefined;
}
