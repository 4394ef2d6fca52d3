import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { failureText } from '../../bot/failure.text.ts';
import { createTick, type Tick } from '../../lambdas/tick.ts';
import { minute, second } from '../../party/clock.ts';
import { readConfig } from '../../party/config.ts';
import { PendingStarts } from '../../party/parties/pending-start.ts';
import { createServices } from '../../party/services.ts';
import { chatOf } from '../support/bot-chat.ts';
import { type BotHouse, openBotHouse } from '../support/bot-house.ts';
import { eventually } from '../support/eventually.ts';
import { type FaultyAws, startFaultyAws } from '../support/faulty-aws.ts';
import { plainPortrait, plainRecognizer } from '../support/plain-faces.ts';
import { refusals } from '../support/refusals.ts';
import { shareOf } from '../support/rounds.ts';
import { silentMp3 } from '../support/silence.ts';

/** How many of all cases are looked at, of what the host asks for and of the tick; in a long run all. */
const shares = { asked: 4, tick: 2 } as const;

/** A recognition waits for a busy AWS, at its start and then at its stop: 20 s each. */
const answerWithin = 50 * second;

/** A house by video with all its AWS behind a line that fails as a test says. */
interface RefusedHouse extends BotHouse {
  readonly faulty: FaultyAws;
  /** The Lambdas' clock, ahead of this machine's by so many milliseconds: it never goes back. */
  readonly clock: { ahead: number; now(): number };
  readonly tick: Tick;
}

async function open(t: TestContext): Promise<RefusedHouse> {
  const clock = { ahead: 0, now: () => Date.now() + clock.ahead };
  // Time passes as soon as somebody waits for it.
  const pause = async (milliseconds: number): Promise<void> => {
    clock.ahead += milliseconds;
  };
  const house = await openBotHouse(t, { recognizer: plainRecognizer, clock, pause });
  const faulty = await startFaultyAws(process.env.AWS_ENDPOINT_URL!);
  t.after(() => faulty.close());
  Object.assign(process.env, {
    AWS_ENDPOINT_URL: faulty.url,
    AWS_MAX_ATTEMPTS: '1',
    CALL_TIMEOUT_SECONDS: '1',
  });
  t.after(() => {
    delete process.env.AWS_MAX_ATTEMPTS;
  });
  house.restart();
  const behind = createServices(readConfig(process.env), { log: house.services.log, clock, pause });
  return { ...house, faulty, clock, tick: createTick(behind, chatOf(house, behind)) };
}

/** What can be refused: what is done, and whether it is done in a party. */
interface Act {
  readonly inParty: boolean;
  do(house: RefusedHouse): Promise<unknown>;
}

const say = (words: string, inParty: boolean): Act => ({
  inParty,
  do: ({ host }) => host.say(host.bot, words),
});

let photos = 0;
const acts: Readonly<Record<string, Act>> = {
  '/start_party': say('/start_party 1h', false),
  '/status': say('/status', true),
  '/guests': say('/guests', false),
  'a photo': {
    inParty: false,
    // Another one each time, for the same one would be known.
    do: async ({ host }) =>
      host.send(host.bot, 'photo', await plainPortrait(3, ++photos), 'anna.jpg', { caption: 'Anna' }),
  },
  'a song': {
    inParty: false,
    do: ({ host }) => host.sendAudio(host.bot, silentMp3(40 + ++photos), 'song.mp3', { caption: 'Anna' }),
  },
  '/end_party': say('/end_party', true),
};

/** S3's keys are each another: a method stands for them. */
const operationOf = (asked: string): string => /^([A-Z]+) \/musical-joy\b/.exec(asked)?.[1] ?? asked;

const isIdle = ({ stand }: BotHouse): boolean => [...stand.telegram.updates.pending()].length === 0;
const settled = (house: BotHouse): Promise<void> =>
  eventually('all updates are handled', () => isIdle(house));

/** What the bot says in the host's chat, as it stands there now. */
async function said({ host }: BotHouse): Promise<string[]> {
  return (await host.messages())
    .filter(({ from }) => from?.is_bot)
    .map((message) => `${message.message_id} ${message.text ?? message.caption ?? 'a file'}`);
}

/** What was said anew, or is another now. */
const newIn = (now: readonly string[], before: readonly string[]): string[] =>
  now.filter((line) => !before.includes(line));

const isAnswer = (line: string): boolean => !line.endsWith('Starting…');

/** Whether a party is on as it is to be, and the recognition with it, and nothing is still to come of a start. */
async function isSet({ services }: RefusedHouse, on: boolean): Promise<boolean> {
  if (await new PendingStarts(services.table).get()) return false;
  if (((await services.parties.latest()) !== undefined) !== on) return false;
  return (await services.recognition.status()).state === (on ? 'on' : 'off');
}

/** A start is given up after five minutes, and a lease is over after one. */
const mostMinutes = 6;

/** A party begins, or ends; whatever was refused before. What that left undone is the tick's, minute after minute. */
async function setParty(house: RefusedHouse, on: boolean): Promise<void> {
  const { host, clock } = house;
  if (await isSet(house, on)) return;
  await host.say(host.bot, on ? '/start_party 1h' : '/end_party');
  await settled(house);
  for (let minutes = 0; minutes < mostMinutes && !(await isSet(house, on)); minutes++) {
    clock.ahead += minute;
    await house.tick();
  }
  assert.ok(await isSet(house, on), [...(await said(house)), ...house.logged].slice(-12).join('\n'));
}

/** Does it with nothing wrong. @returns what it asks AWS for */
async function operationsOf(house: RefusedHouse, { inParty, do: act }: Act): Promise<string[]> {
  await setParty(house, inParty);
  house.faulty.asked.length = 0;
  await act(house);
  await settled(house);
  return [...new Set(house.faulty.asked.map(operationOf))];
}

test('whatever AWS refuses of what the host asks for, and however, the host is told, and nothing is stuck', async (t) => {
  const house = await open(t);
  const cases: Array<{ readonly name: string; readonly operation: string; readonly how: string }> = [];
  for (const [name, act] of Object.entries(acts))
    for (const operation of await operationsOf(house, act))
      for (const how of Object.keys(refusals)) cases.push({ name, operation, how });
  assert.ok(cases.length > 100);

  const looked = shareOf(t, cases, shares.asked);
  // Those in a party one after the other: each start and end takes its seconds, and is looked at all the same.
  const ordered = looked.toSorted((a, b) => Number(acts[a.name]!.inParty) - Number(acts[b.name]!.inParty));
  for (const { name, operation, how } of ordered) {
    const act = acts[name]!;
    const which = `${name}, ${operation}, ${how}`;
    await setParty(house, act.inParty);
    const before = await said(house);
    house.faulty.always(operation, refusals[how]);
    await act.do(house);
    await eventually(
      `${which}: an answer`,
      async () => isIdle(house) || newIn(await said(house), before).some(isAnswer),
      answerWithin,
    );
    const told = newIn(await said(house), before).filter(isAnswer);
    assert.ok(told.length > 0, `${which}: silence`);
    for (const line of told) assert.ok(!line.endsWith(failureText.unknown), `${which}: ${line}`);
    house.faulty.mend();
    await settled(house);
  }
  await setParty(house, true);
  await setParty(house, false);
});

test('whatever AWS refuses of the tick, and however, it fails for all to see or does its work, and the next one ends the party', async (t) => {
  const house = await open(t);
  const { faulty, tick, services, clock } = house;
  const overdue = async () => {
    await setParty(house, true);
    await services.parties.extend((await services.parties.latest())!, clock.now() - second);
  };
  const over = async () => (await said(house)).filter((line) => /party’s over \(/.test(line)).length;

  await overdue();
  faulty.asked.length = 0;
  await tick();
  assert.equal(await over(), 1);
  const operations = [...new Set(faulty.asked.map(operationOf))];
  const cases = operations.flatMap((operation) => Object.keys(refusals).map((how) => ({ operation, how })));
  const looked = shareOf(t, cases, shares.tick);
  for (const { operation, how } of looked) {
    const which = `${operation}, ${how}`;
    const before = await over();
    await overdue();
    faulty.always(operation, refusals[how]);
    const failed = await tick().then(
      () => false,
      () => true,
    );
    faulty.mend();
    if (!failed) assert.equal(await services.parties.latest(), undefined, which);
    await tick();
    assert.equal(await services.parties.latest(), undefined, which);
    // What failed while it was told is tried again when it is sure that nobody tells it now.
    for (let minutes = 0; minutes < 3 && (await over()) === before; minutes++) {
      clock.ahead += minute;
      await tick();
    }
    assert.equal(await over(), before + 1, `${which}: the end is told, once`);
  }
});
