import { writeFileSync } from 'node:fs';
import { identify } from '../account/identity.ts';
import { asCommandError } from '../account/refusals.ts';
import { checkText as text } from '../check/check.text.ts';
import { reportOf, type StepResult } from '../check/report.ts';
import { StandInProducer } from '../check/stand-in-producer.ts';
import { type Patience, type Step, stepsOf } from '../check/steps.ts';
import { createClients } from '../clients.ts';
import type { Surroundings } from '../command.ts';
import { CommandError, StoppedError } from '../errors.ts';
import type { CheckOptions } from '../options.ts';
import { readStack } from '../stack/state.ts';
import type { Terminal } from '../terminal.ts';
import { ownVersion } from '../version.ts';

const reportFile = 'check-aws.md';

const usualPatience: Patience = {
  person: { most: 15 * 60_000, pollEvery: 2000 },
  // The tick, which would send what was not sent at once, comes every minute.
  house: { most: 150_000, pollEvery: 250 },
};

/**
 * `npm run check-aws`: tries the whole of it in an account, with a house of its own, and takes that away again. Each step
 * is asked about before it is taken. What came of it is a report that can be shown to anybody.
 */
export async function checkAws(
  options: CheckOptions,
  surroundings: Surroundings,
  patience: Patience = usualPatience,
): Promise<number> {
  const { terminal } = surroundings;
  if (!options.yes && !terminal.interactive) throw new CommandError(text.noTerminal);
  if (!options.name.endsWith('Check')) throw new CommandError(text.isAHouse(options.name));
  const { region } = await identify(options.region);
  const version = ownVersion();
  const producer = new StandInProducer(version);
  const steps = stepsOf(options, patience, producer);
  const titles = steps.map(({ title }) => title);
  terminal.say(text.plan(options.name, region, titles));
  if (await readStack(createClients().cloudFormation, options.name)) terminal.say(text.isThere(options.name));
  const results = await takeAll(steps, options, surroundings).finally(() => producer.end());
  const report = reportOf(
    {
      version,
      node: process.versions.node,
      system: `${process.platform} ${process.arch}`,
      region,
      recognition: options.recognition ?? 'images',
      date: new Date().toISOString().slice(0, 10),
    },
    results,
  );
  writeFileSync(reportFile, report);
  terminal.say(`\n${report}`);
  terminal.say(text.report(reportFile));
  return results.every(({ outcome }) => outcome === 'well') ? 0 : 1;
}

/** A step that goes wrong ends the others if the host says so, but for the last, which takes away what is there. */
async function takeAll(
  steps: readonly Step[],
  { yes }: CheckOptions,
  surroundings: Surroundings,
): Promise<StepResult[]> {
  const { terminal } = surroundings;
  const results: StepResult[] = [];
  let over = false;
  for (const [index, step] of steps.entries()) {
    const isLast = index === steps.length - 1;
    const { title } = step;
    if ((over && !isLast) || (!yes && !(await terminal.confirm(text.ask(title), true)))) {
      results.push({ title, outcome: 'skipped', seconds: 0, said: text.notReached });
      if (step.isNeeded) over = true;
      continue;
    }
    const result = await take(step, surroundings);
    results.push(result);
    if (result.outcome === 'well' || isLast || over) continue;
    over = step.isNeeded === true || (!yes && !(await terminal.confirm(text.goOn, true)));
  }
  return results;
}

async function take(step: Step, surroundings: Surroundings): Promise<StepResult> {
  const { terminal } = surroundings;
  const { title } = step;
  terminal.say(text.begins(title));
  const began = Date.now();
  const heard: string[] = [];
  let outcome: StepResult['outcome'] = 'well';
  try {
    await step.act({ ...surroundings, terminal: heardAlong(terminal, heard) });
  } catch (error) {
    // Ctrl+C ends a question's step; what is there is still to be taken away.
    const { message } = error instanceof StoppedError ? error : asCommandError(error);
    terminal.complain(message);
    heard.push(message);
    outcome = 'wrong';
  }
  const seconds = (Date.now() - began) / 1000;
  terminal.say(text.ended(outcome === 'well', title, seconds));
  return { title, outcome, seconds, said: heard.join('\n') };
}

/** The same terminal; what is said there is noted for the report, which has no use for a QR code. */
const heardAlong = (terminal: Terminal, heard: string[]): Terminal => ({
  ...terminal,
  say: (line) => {
    terminal.say(line);
    if (!/[▀▄█]/.test(line)) heard.push(line);
  },
});
