import { hostOf, readWebhookAddress } from '../../party/automation/webhook-address.ts';
import type { KeptSecret } from '../../party/stores/secret.ts';
import { checkActivation } from '../account/activation.ts';
import { bootstrapText } from '../account/bootstrap.text.ts';
import { bootstrapStack, checkBootstrapStack, isBootstrapped } from '../account/bootstrap.ts';
import { type Identity, identify } from '../account/identity.ts';
import { canReserve, type Limits, readLimits, tooLittle } from '../account/limits.ts';
import { readPlan } from '../account/plan.ts';
import { checkRegion } from '../account/regions.ts';
import { drawQrCode, hostLink } from '../chat/host-link.ts';
import { findSecret, keepSecret, secretName } from '../chat/secret.ts';
import { webhookElsewhere } from '../chat/telegram.ts';
import { tokenText } from '../chat/token.text.ts';
import { type BotToken, findToken } from '../chat/token.ts';
import { type Clients, createClients } from '../clients.ts';
import type { Surroundings } from '../command.ts';
import { costText } from '../costs.text.ts';
import { CommandError, StoppedError } from '../errors.ts';
import { equipProducer } from '../home/producer.ts';
import type { DeployOptions } from '../options.ts';
import { removeFormerProcessor } from '../stack/processor.ts';
import { withProgress } from '../stack/progress.ts';
import { needsRecovery, recoverStack, refuseIfHalfRemoved } from '../stack/recover.ts';
import {
  budgetOf,
  type Outputs,
  readHouse,
  readStack,
  refuseIfNotOurs,
  type StackState,
} from '../stack/state.ts';
import { bootstrap, deployStack, type Wanted } from '../stack/toolkit.ts';
import type { Terminal } from '../terminal.ts';
import { deployText } from './deploy.text.ts';
import { endPartyBefore, refuseDuringParty } from './end-party.ts';

/** `npm run deploy`: from an account and a token to a house. Safe to repeat: what is as it should be stays. */
export async function deploy(options: DeployOptions, surroundings: Surroundings): Promise<number> {
  const { terminal, settings } = surroundings;
  const { name } = options;
  const apiRoot = settings.TELEGRAM_API_ROOT;
  terminal.say(deployText.checking);
  const identity = await identify(options.region);
  const clients = createClients();
  const state = await readStack(clients.cloudFormation, name);
  refuseIfNotOurs(name, state);
  refuseIfHalfRemoved(name, state);
  const wanted = wantedOf(options, state);
  await checkRegion(clients.ssm, identity.region, wanted.recognition);
  const [limits] = await Promise.all([checkLimits(clients, state), checkActivation(wanted.recognition)]);
  const reserveConcurrency = canReserve(limits, state?.outputs?.ConcurrencyReserved === true);
  const replaced = replacedBy(wanted, state);
  if (replaced && !options.endParty) await refuseDuringParty(replaced);

  const kept = await findSecret(clients.secrets, name, () =>
    terminal.say(deployText.secretRestored(secretName(name))),
  );
  const arrivalWebhook = arrivalWebhookOf(options, settings.ARRIVAL_WEBHOOK, kept);
  const bot = await findToken({ given: settings.BOT_TOKEN, kept: kept?.secret.token, terminal, apiRoot });
  refuseIfElsewhere(bot, options, state);
  const newToken = bot.token !== kept?.secret.token;
  const toBootstrap = !(await isBootstrapped(clients.ssm));
  if (toBootstrap) await checkBootstrapStack(clients.cloudFormation);

  const { username } = bot.bot;
  const { recognition, asleep } = wanted;
  const exists = state?.outputs !== undefined;
  terminal.say(
    deployText.plan({
      name,
      identity,
      bot: username,
      recognition,
      asleep,
      exists,
      bootstrap: toBootstrap,
      newToken,
      budget: wanted.budget,
      arrivalsTo: arrivalWebhook && hostOf(arrivalWebhook),
    }),
  );
  terminal.say(costText(recognition, asleep));
  if (recognition === 'video') terminal.say(deployText.videoClosed);
  const plan = await readPlan();
  if (plan?.type === 'FREE') terminal.say(deployText.freePlan(plan));
  await confirm(options, terminal);

  if (replaced) await endPartyBefore(replaced, options.endParty, terminal);
  const { secret, version } = await keepSecret(
    clients.secrets,
    name,
    { token: bot.token, arrivalWebhook },
    kept,
    () => terminal.say(deployText.secretWaits(secretName(name))),
  );
  const toMake = { clients, name, identity, state, toBootstrap, surroundings };
  const all: Wanted = {
    ...wanted,
    botSecretVersion: version,
    reserveConcurrency,
    arrivalWebhook: arrivalWebhook !== undefined,
  };
  await makeStack({ ...toMake, wanted: all }).catch((error: unknown) => {
    if (!kept) terminal.say(deployText.secretStays(secretName(name)));
    throw error;
  });
  if (replaced) await removeFormerProcessor(clients.rekognition, replaced.VideoStreamName, terminal);
  const house = await readHouse(clients.cloudFormation, name);
  if (exists && kept && newToken) terminal.say(deployText.tokenChanged(username));
  if (options.equipsProducer) await equipProducer(house, identity.region, clients.iam, options, surroundings);
  if (secret.arrivalWebhookKey !== kept?.secret.arrivalWebhookKey && arrivalWebhook !== undefined)
    terminal.say(deployText.webhookKey(hostOf(arrivalWebhook), secret.arrivalWebhookKey!));
  const link = hostLink(username, secret.claimCode);
  terminal.say(deployText.ready(link, drawQrCode(link)));
  return 0;
}

/** What is not said stays as it is. */
function wantedOf(
  { recognition, timeZone, budget }: DeployOptions,
  state: StackState | undefined,
): Omit<Wanted, 'botSecretVersion' | 'reserveConcurrency' | 'arrivalWebhook'> {
  const before = state?.outputs;
  return {
    recognition: recognition ?? before?.Recognition ?? 'images',
    asleep: before?.Asleep ?? false,
    budget: budget === 'none' ? undefined : (budget ?? (before && budgetOf(before))),
    timeZone: timeZone ?? before?.TimeZone ?? Intl.DateTimeFormat().resolvedOptions().timeZone,
  };
}

/**
 * Where arrivals are to be posted. What is not said stays as it is.
 *
 * @throws ConfigurationError
 */
function arrivalWebhookOf(
  { noArrivalWebhook }: DeployOptions,
  said: string | undefined,
  kept: KeptSecret | undefined,
): string | undefined {
  if (noArrivalWebhook) return undefined;
  return said ? readWebhookAddress(said, { fromHome: false }) : kept?.secret.arrivalWebhook;
}

/** The house whose recognition goes, for another takes its place; undefined when none does. */
function replacedBy(
  { recognition }: Pick<Wanted, 'recognition'>,
  state: StackState | undefined,
): Outputs | undefined {
  const before = state?.outputs;
  return before && !before.Asleep && before.Recognition !== recognition ? before : undefined;
}

async function checkLimits(clients: Clients, state: StackState | undefined): Promise<Limits> {
  const limits = await readLimits(clients);
  const words = tooLittle(limits, state?.outputs?.DataStreamName !== undefined);
  if (words.length > 0) throw new CommandError(words.join('\n'));
  return limits;
}

function refuseIfElsewhere({ bot }: BotToken, options: DeployOptions, state: StackState | undefined): void {
  const elsewhere = webhookElsewhere(bot, state?.outputs?.WebhookUrl);
  if (elsewhere !== undefined && !options.takeOver)
    throw new CommandError(tokenText.elsewhere(bot.username, elsewhere));
}

async function confirm({ yes }: DeployOptions, terminal: Terminal): Promise<void> {
  if (yes) return;
  if (!terminal.interactive) throw new CommandError(deployText.noTerminal);
  if (!(await terminal.confirm(deployText.ask, true))) throw new StoppedError();
}

interface ToMake {
  readonly clients: Clients;
  readonly name: string;
  readonly identity: Identity;
  readonly state: StackState | undefined;
  readonly wanted: Wanted;
  readonly toBootstrap: boolean;
  readonly surroundings: Surroundings;
}

async function makeStack(to: ToMake): Promise<void> {
  const { clients, name, identity, state, wanted, toBootstrap, surroundings } = to;
  if (state && needsRecovery(state))
    await withProgress(surroundings, (progress) =>
      recoverStack(clients.cloudFormation, state, name, progress),
    );
  if (toBootstrap) {
    await withProgress(surroundings, (progress) => bootstrap(identity, progress));
    // The CDK leaves one that it does not know as its own as it is, and says nothing.
    if (!(await isBootstrapped(clients.ssm)))
      throw new CommandError(bootstrapText.notPrepared(bootstrapStack));
  }
  await withProgress(surroundings, (progress) => deployStack(name, wanted, progress, surroundings.assemble));
}
