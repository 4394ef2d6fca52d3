import { identify } from '../account/identity.ts';
import { createClients } from '../clients.ts';
import type { Surroundings } from '../command.ts';
import { producerFile } from '../home/env-file.ts';
import { refreshProducerFile } from '../home/producer.ts';
import type { SleepOptions } from '../options.ts';
import { removeFormerProcessor } from '../stack/processor.ts';
import { withProgress } from '../stack/progress.ts';
import { budgetOf, readHouse } from '../stack/state.ts';
import { deployStack } from '../stack/toolkit.ts';
import { endPartyBefore } from './end-party.ts';
import { sleepText } from './sleep.text.ts';

/**
 * The same stack, asleep or awake: all else about it stays.
 *
 * @throws CommandError while a party is on, unless it may be ended
 */
export async function setAsleep(
  asleep: boolean,
  { name, region, endParty }: SleepOptions,
  surroundings: Surroundings,
): Promise<number> {
  const { terminal } = surroundings;
  const identity = await identify(region);
  const { cloudFormation, rekognition } = createClients();
  const house = await readHouse(cloudFormation, name);
  if (house.Asleep === asleep) {
    terminal.say(asleep ? sleepText.alreadyAsleep(name) : sleepText.alreadyAwake(name));
    return 0;
  }
  if (asleep) await endPartyBefore(house, endParty, terminal);
  terminal.say(asleep ? sleepText.sleeping(name) : sleepText.waking(name));
  const { Recognition: recognition, TimeZone: timeZone, BotSecretVersion: botSecretVersion } = house;
  const { ConcurrencyReserved: reserveConcurrency, PostsArrivals: arrivalWebhook } = house;
  await withProgress(surroundings, (progress) =>
    deployStack(
      name,
      {
        ...{ recognition, timeZone, botSecretVersion, reserveConcurrency, arrivalWebhook },
        ...{ budget: budgetOf(house), asleep },
      },
      progress,
      surroundings.assemble,
    ),
  );
  if (asleep) await removeFormerProcessor(rekognition, house.VideoStreamName, terminal);
  if (!asleep) refreshProducerFile(await readHouse(cloudFormation, name), identity.region, terminal);
  terminal.say(asleep ? sleepText.asleep : sleepText.awake(producerFile));
  return 0;
}
