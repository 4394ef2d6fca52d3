import { setTimeout as delay } from 'node:timers/promises';
import { minute, second } from '../party/clock.ts';
import { startParty } from '../test/support/house.ts';
import type { ProducerProcess } from '../test/support/producer.ts';
import { atHome, endWatching, guest, nobody } from './at-the-door.ts';
import { type Figure, spreadInSeconds } from './figure.ts';
import { watchMemory } from './memory.ts';
import { recordLatencies } from './record-latency.ts';

/** So long people come and go; `SOAK_MINUTES` for another time. */
const minutes = Number(process.env.SOAK_MINUTES ?? 10);

/** What every process takes in its first minutes counts for nothing. */
const warmUp = 3;

/** A door where people come and go: whether anything grows, is lost, or becomes slow. */
export async function soakBench(): Promise<Figure[]> {
  if (!(minutes > 2 * warmUp)) throw new Error(`SOAK_MINUTES must be over ${2 * warmUp}.`);
  const shots = Array.from({ length: 30 }, (_, i) => (i % 2 === 0 ? nobody(4) : guest(6)));
  return await atHome(await Promise.all(shots), async (home) => {
    const { producer, host, house, aws } = home;
    await startParty(host);
    const memory: number[] = [];
    for (let passed = 1; passed <= minutes; passed++) {
      memory.push(await memoryOf(producer, minute));
      console.log(`  minute ${passed} of ${minutes}: ${memory.at(-1)!.toFixed(0)} MB`);
    }
    const last = await endWatching(home);
    const settled = memory.slice(warmUp);
    return [
      { name: `soak: memory after ${warmUp} minutes`, value: settled[0]!, unit: 'MB' },
      { name: `soak: memory after ${minutes} minutes`, value: settled.at(-1)!, unit: 'MB' },
      { name: 'soak: memory grows by', value: slope(settled) * 60, unit: 'MB/h' },
      { name: 'soak: frames looked at', value: Number(last.frames) / (minutes * 60), unit: '/s' },
      { name: 'soak: searches', value: Number(last.calls), unit: '' },
      { name: 'soak: records dropped', value: Number(last.dropped), unit: '' },
      ...spreadInSeconds('soak: frame to record', await recordLatencies(aws)),
      { name: 'soak: troubles in the log', value: troubles(producer).length, unit: '' },
      { name: 'soak: house still answers', value: (await fetch(`${house}/healthz`)).ok ? 1 : 0, unit: '' },
    ];
  });
}

/** That the film ends is none. */
const troubles = (producer: ProducerProcess) =>
  producer.log().filter(({ level, failure }) => level !== 'info' && failure !== 'ended');

/** The most that the producer and its engine had of their own within some time, in MB. */
async function memoryOf({ child }: ProducerProcess, milliseconds: number): Promise<number> {
  const memory = watchMemory(child.pid!, 'Anonymous', second);
  await delay(milliseconds);
  return (await memory.stop()) ?? Number.NaN;
}

/** How much values grow from one to the next, by the line that fits them best. */
function slope(values: readonly number[]): number {
  const middle = (values.length - 1) / 2;
  const squares = values.reduce((sum, _, i) => sum + (i - middle) ** 2, 0);
  return values.reduce((sum, value, i) => sum + (i - middle) * value, 0) / squares;
}
