import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { cpus, totalmem } from 'node:os';
import { accuracyBench } from './accuracy.ts';
import { bundlesBench } from './bundles.ts';
import { carolsBench } from './carols.ts';
import { chatBench } from './chat.ts';
import type { Figure } from './figure.ts';
import { houseBench } from './house.ts';
import { matchBench } from './match.ts';
import { producerBench } from './producer.ts';
import { roadBench } from './road.ts';
import { soakBench } from './soak.ts';
import { visionBench } from './vision.ts';

/** `npm run bench [name…]`: measures, prints, and saves the figures under `bench/results/`. */
const benches: Readonly<Record<string, () => Promise<Figure[]>>> = {
  vision: visionBench,
  road: roadBench,
  accuracy: accuracyBench,
  carols: carolsBench,
  bundles: bundlesBench,
  match: matchBench,
  chat: chatBench,
  house: houseBench,
  producer: producerBench,
  soak: soakBench,
};

/** Takes ten minutes: only when asked for. */
const onlyByName = new Set(['soak']);

const wanted = process.argv.slice(2);
const unknown = wanted.filter((name) => !(name in benches));
if (unknown.length > 0) {
  console.error(`No such bench: ${unknown.join(', ')}. There are: ${Object.keys(benches).join(', ')}.`);
  process.exit(1);
}

const figures: Figure[] = [];
for (const [name, bench] of Object.entries(benches)) {
  if (wanted.length > 0 ? !wanted.includes(name) : onlyByName.has(name)) continue;
  console.log(`\n${name}`);
  const measured = await bench();
  for (const { name, value, unit } of measured)
    console.log(`  ${name.padEnd(58)} ${format(value).padStart(9)} ${unit}`);
  figures.push(...measured);
}

const machine = { node: process.version, cpu: cpus()[0]?.model, cores: cpus().length, memory: totalmem() };
const results = new URL('results/', import.meta.url);
mkdirSync(results, { recursive: true });
const file = new URL(`${new Date().toISOString().replaceAll(':', '-')}.json`, results);
writeFileSync(file, JSON.stringify({ commit: commit(), machine, figures }, null, 2));
console.log(`\nSaved as bench/results/${file.pathname.split('/').at(-1)}`);
process.exit(0);

function format(value: number): string {
  return value >= 100 ? value.toFixed(0) : value.toPrecision(3);
}

function commit(): string | undefined {
  try {
    return execFileSync('git', ['rev-parse', '--short', 'HEAD'], { encoding: 'utf8' }).trim();
  } catch {
    return undefined; // not a checkout
  }
}
