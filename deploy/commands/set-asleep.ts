import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { Parties } from '../../party/parties.ts';
import { Table } from '../../party/table.ts';
import { identify } from '../account/identity.ts';
import { createClients } from '../clients.ts';
import type { Surroundings } from '../command.ts';
import { CommandError } from '../errors.ts';
import { producerFile } from '../home/env-file.ts';
import { refreshProducerFile } from '../home/producer.ts';
import type { SleepOptions } from '../options.ts';
import { Progress } from '../stack/progress.ts';
import { type Outputs, readHouse } from '../stack/state.ts';
import { deployStack } from '../stack/toolkit.ts';
import { sleepText } from './sleep.text.ts';

/**
 * The same stack, asleep or awake: all else about it stays.
 *
 * @throws CommandError while a party is on, unless it may be left without recognition
 */
export async function setAsleep(
  asleep: boolean,
  { name, region, endParty }: SleepOptions,
  { terminal }: Surroundings,
): Promise<number> {
  const identity = await identify(region);
  const { cloudFormation } = createClients();
  const house = await readHouse(cloudFormation, name);
  if (house.Asleep === asleep) {
    terminal.say(asleep ? sleepText.alreadyAsleep(name) : sleepText.alreadyAwake(name));
    return 0;
  }
  if (asleep && !endParty) await refuseInParty(house);
  terminal.say(asleep ? sleepText.sleeping(name) : sleepText.waking(name));
  const progress = new Progress((line) => terminal.say(line));
  try {
    const { Recognition: recognition, TimeZone: timeZone, BotSecretVersion: botSecretVersion } = house;
    await deployStack(name, { recognition, timeZone, botSecretVersion, asleep }, progress);
    progress.done();
  } finally {
    progress.close();
  }
  if (!asleep) refreshProducerFile(await readHouse(cloudFormation, name), identity.region, terminal);
  terminal.say(asleep ? sleepText.asleep : sleepText.awake(producerFile));
  return 0;
}

async function refuseInParty({ TableName, TimeZone }: Outputs): Promise<void> {
  const documents = DynamoDBDocumentClient.from(new DynamoDBClient());
  const party = await new Parties(new Table(documents, TableName), Date.now).on();
  if (!party) return;
  const until = new Date(party.endsAt).toLocaleTimeString('en-GB', {
    hour: '2-digit',
    minute: '2-digit',
    ...(TimeZone && { timeZone: TimeZone }),
  });
  throw new CommandError(sleepText.party(until));
}
