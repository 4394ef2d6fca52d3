import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { cpus, totalmem } from 'node:os';
import { accuracyBench } from './accuracy.ts';
import { bundlesBench } from './bundles.ts';
import { carolsBench } from './carols.ts';
import { chatBench } from './chat.ts';
import { crowdBench } from './crowd.ts';
import { doorScreenBench } from './door-screen.ts';
import type { Figure } from './figure.ts';
import { heardBench } from './heard.ts';
import { houseBench } from './house.ts';
import { loadBench } from './load.ts';
import { matchBench } from './match.ts';
import { producerBench } from './producer.ts';
import { roadBench } from './road.ts';
import { runBenches } from './run-benches.ts';
import { soakBench } from './soak.ts';
import { uploadBench } from './upload.ts';
import { visionBench } from './vision.ts';

/** `npm run bench [name…]`: measures, prints, and saves the figures under `bench/results/`. */
const benches: Readonly<Record<string, () => Promise<Figure[]>>> = {
  vision: visionBench,
  road: roadBench,
  accuracy: accuracyBench,
  carols: carolsBench,
  bundles: bundlesBench,
  match: matchBench,
  load: loadBench,
  chat: chatBench,
  crowd: crowdBench,
  'door-screen': doorScreenBench,
  house: houseBench,
  heard: heardBench,
  producer: producerBench,
  upload: uploadBench,
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

const chosen = Object.entries(benches).filter(([name]) =>
  wanted.length > 0 ? wanted.includes(name) : !onlyByName.has(name),
);
const machine = { node: process.version, cpu: cpus()[0]?.model, cores: cpus().length, memory: totalmem() };
const about = { commit: commit(), machine };
const results = new URL('results/', import.meta.url);
mkdirSync(results, { recursive: true });
const file = new URL(`${new Date().toISOString().replaceAll(':', '-')}.json`, results);

const { missed, failed } = await runBenches(Object.fromEntries(chosen), {
  print: (line) => console.log(line),
  save: ({ figures, missed }) => writeFileSync(file, JSON.stringify({ ...about, figures, missed }, null, 2)),
});
const missing = Object.entries(missed);
if (missing.length > 0) {
  console.log('\nNot measured');
  for (const [name, why] of missing) console.log(`  ${name}: ${why}`);
}
console.log(`\nSaved as bench/results/${file.pathname.split('/').at(-1)}`);
process.exit(failed ? 1 : 0);

function commit(): string | undefined {
  try {
    return execFileSync('git', ['rev-parse', '--short', 'HEAD'], { encoding: 'utf8' }).trim();
  } catch {
    return undefined; // not a checkout
  }
}
