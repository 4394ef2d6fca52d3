import { setTimeout as delay } from 'node:timers/promises';
import { InvalidRequestException, ResourceNotFoundException } from '@aws-sdk/client-secrets-manager';
import { createApi } from '../../bot/api.ts';
import { endParty } from '../../bot/end-party.ts';
import type { Config } from '../../party/config.ts';
import { RecognitionError } from '../../party/errors.ts';
import type { Log } from '../../party/log.ts';
import type { Party } from '../../party/parties/parties.ts';
import { createServices, type Services } from '../../party/services.ts';
import { CommandError } from '../errors.ts';
import type { Outputs } from '../stack/state.ts';
import type { Terminal } from '../terminal.ts';
import { endPartyText as text } from './end-party.text.ts';

/** Longer than a Lambda that ends the party just now can live; after that its claim is free, and it is ended here. */
const patience = 90_000;
const pollEvery = 1000;

/** @throws CommandError while a party is on */
export async function refuseDuringParty(house: Outputs, terminal: Terminal): Promise<void> {
  const { parties, now } = servicesOf(house, terminal);
  const party = await parties.latest();
  if (party && party.endsAt > now()) throw refused(party, house);
}

/**
 * Ends the party as `/end_party` does: the recognition stops, and the party's chat is told who came. Afterwards it
 * could not be done any more, for a house that sleeps or has another recognition knows nothing of this one. A party
 * whose time is over is ended here too, if the house has not come to it yet.
 *
 * @param evenIfOn also one that is on
 * @param apiRoot where the Bot API is, when not at Telegram's own address
 * @throws CommandError for a party that is on, unless it may be ended; and when it cannot be ended
 */
export async function endPartyBefore(
  house: Outputs,
  evenIfOn: boolean,
  apiRoot: string | undefined,
  terminal: Terminal,
): Promise<void> {
  const services = servicesOf(house, terminal);
  const { parties, botSecret, now } = services;
  const party = await parties.latest();
  if (!party) return;
  const isOn = party.endsAt > now();
  if (isOn && !evenIfOn) throw refused(party, house);
  const { token } = await botSecret().catch((cause) => {
    if (cause instanceof ResourceNotFoundException || cause instanceof InvalidRequestException)
      throw new CommandError(text.noSecret, { cause });
    throw cause;
  });
  const api = createApi(token, apiRoot);
  const giveUp = now() + patience;
  try {
    while (!(await endParty(services, api, party, isOn ? 'asked' : 'time is over'))) {
      // Somebody else has: the chat, or the house's own clock. Or is just doing it.
      if ((await parties.latest())?.id !== party.id) return;
      if (now() > giveUp) throw new CommandError(text.stays);
      await delay(pollEvery);
    }
  } catch (error) {
    if (!(error instanceof RecognitionError)) throw error;
    throw new CommandError(text.recognitionRuns(error.message), { cause: error });
  }
  terminal.say(text.ended);
}

const servicesOf = (house: Outputs, terminal: Terminal): Services =>
  createServices(configOf(house), { log: tellingLog(terminal) });

/** The house's settings, as its Lambdas have them in their environment; but those that only a start of the recognition needs. */
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

/** What is worth a warning is worth a line: that the chat was not told. */
const tellingLog = (terminal: Terminal): Log => ({
  info() {},
  warn: () => terminal.say(text.notTold),
  error: () => terminal.say(text.notTold),
});

const refused = ({ endsAt }: Party, { TimeZone }: Outputs): CommandError =>
  new CommandError(text.isOn(clock(endsAt, TimeZone)));

const clock = (time: number, timeZone: string | undefined): string =>
  new Date(time).toLocaleTimeString('en-GB', {
    hour: '2-digit',
    minute: '2-digit',
    ...(timeZone && { timeZone }),
  });
