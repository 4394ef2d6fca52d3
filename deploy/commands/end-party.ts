import { setTimeout as delay } from 'node:timers/promises';
import { InvalidRequestException, ResourceNotFoundException } from '@aws-sdk/client-secrets-manager';
import type { Config } from '../../party/config.ts';
import { RecognitionError } from '../../party/errors.ts';
import type { Log } from '../../party/log.ts';
import { isRecapSent, requestEnd } from '../../party/parties/end-party.ts';
import type { Party } from '../../party/parties/party.ts';
import { createServices, type Services } from '../../party/services.ts';
import { CommandError } from '../errors.ts';
import type { Outputs } from '../stack/state.ts';
import type { Terminal } from '../terminal.ts';
import { endPartyText as text } from './end-party.text.ts';

/** How long a house is waited for, in milliseconds. */
export interface Patience {
  /** A house that is well has ended its party by then. */
  readonly most: number;
  readonly pollEvery: number;
}

/** The tick comes every minute, may have to wait for the lease of one that died, and takes half a minute at most. */
const untilTick: Patience = { most: 150_000, pollEvery: 1000 };

/** @throws CommandError while a party is on */
export async function refuseDuringParty(house: Outputs): Promise<void> {
  const { parties, now } = servicesOf(house);
  const party = await parties.latest();
  if (party && party.endsAt > now()) throw refused(party, house);
}

/**
 * Ends the party as `/end_party` does: the recognition stops, and the party's chat hears who came. Afterwards it
 * could not be done any more, for a house that sleeps or has another recognition knows nothing of this one. A party
 * whose time is over is ended here too, if the house has not come to it yet.
 *
 * What costs money is stopped here. In the chat the house itself speaks: its tick, which comes every minute, finds a
 * party whose time is over. Only where it does not come is the party ended without a word.
 *
 * @param evenIfOn also one that is on
 * @throws CommandError for a party that is on, unless it may be ended; and when it cannot be ended
 */
export async function endPartyBefore(
  house: Outputs,
  evenIfOn: boolean,
  terminal: Terminal,
  patience: Patience = untilTick,
): Promise<void> {
  const services = servicesOf(house);
  const { parties, recognition, now } = services;
  const party = await parties.latest();
  if (!party) return;
  const isOn = party.endsAt > now();
  if (isOn && !evenIfOn) throw refused(party, house);
  await checkSecret(services);
  terminal.say(text.ending);
  const over = isOn ? await requestEnd(services, party) : party;
  try {
    await recognition.stop();
  } catch (error) {
    if (!(error instanceof RecognitionError)) throw error;
    throw new CommandError(text.recognitionRuns(error.message), { cause: error });
  }
  if (!(await untilEnded(services, over, patience))) await parties.end(over);
  if (!(await isRecapSent(services, over))) terminal.say(text.notTold);
  terminal.say(text.ended);
}

/** Without its secret a house cannot speak. @throws CommandError when it is gone */
async function checkSecret({ botSecret }: Services): Promise<void> {
  try {
    await botSecret();
  } catch (cause) {
    if (cause instanceof ResourceNotFoundException || cause instanceof InvalidRequestException)
      throw new CommandError(text.noSecret, { cause });
    throw cause;
  }
}

/** Waits until the house has ended the party. @returns false when it does not */
async function untilEnded(
  { parties, now }: Services,
  { id }: Party,
  { most, pollEvery }: Patience,
): Promise<boolean> {
  const giveUp = now() + most;
  while ((await parties.latest())?.id === id) {
    if (now() > giveUp) return false;
    await delay(pollEvery);
  }
  return true;
}

const servicesOf = (house: Outputs): Services => createServices(configOf(house), { log: silent });

/**
 * The house's settings, as its Lambdas have them in their environment; but those that only a start of the recognition
 * needs.
 */
function configOf(house: Outputs): Config {
  const everywhere = {
    TABLE_NAME: house.TableName,
    BUCKET_NAME: house.BucketName,
    COLLECTION_ID: house.CollectionId,
    TOPIC_ARN: house.ArrivalsTopicArn,
    BOT_SECRET_ID: house.BotSecretName,
    ...(house.BotSecretVersion && { BOT_SECRET_VERSION: house.BotSecretVersion }),
    PICTURES_FUNCTION: house.PicturesFunctionName,
    ...(house.TimeZone && { PARTY_TZ: house.TimeZone }),
  };
  if (house.Recognition === 'images') return { ...everywhere, RECOGNITION: 'images' };
  return {
    ...everywhere,
    RECOGNITION: 'video',
    DATA_STREAM_NAME: house.DataStreamName ?? '',
    VIDEO_STREAM_NAME: house.VideoStreamName ?? '',
    STREAM_PROCESSOR_ROLE_ARN: '',
  };
}

/** What goes wrong is said by this command itself. */
const silent: Log = { info() {}, warn() {}, error() {} };

const refused = ({ endsAt }: Party, { TimeZone }: Outputs): CommandError =>
  new CommandError(text.isOn(clock(endsAt, TimeZone)));

const clock = (time: number, timeZone: string | undefined): string =>
  new Date(time).toLocaleTimeString('en-GB', {
    hour: '2-digit',
    minute: '2-digit',
    ...(timeZone && { timeZone }),
  });
