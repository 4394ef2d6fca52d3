import { minute, second } from '../party/clock.ts';
import { type CrowdOutcome, crowd } from '../test/support/crowd.ts';
import type { Figure } from './figure.ts';

const guests = 60;

/** 60 guests in ten seconds at 200 records a second, with Telegram's limits: when the last is told, in virtual time. */
export async function crowdBench(): Promise<Figure[]> {
  const figures: Figure[] = [];
  for (const where of ['private', 'group'] as const) {
    for (const ends of [false, true]) {
      const name = `${where}${ends ? ', party ended at once' : ''}`;
      const outcome = await crowd({
        ...{ guests, within: 10 * second, where, recordsPerSecond: 200, ends },
        patience: 20 * minute,
      });
      figures.push(...figuresOf(name, outcome));
    }
  }
  return figures;
}

function figuresOf(name: string, { told, pictures, refused, messages }: CrowdOutcome): Figure[] {
  const last = (times: Iterable<number>): number => Math.max(0, ...times) / second;
  return [
    { name: `${name}: last name told`, value: last(told.values()), unit: 's' },
    { name: `${name}: last picture`, value: last(pictures), unit: 's' },
    { name: `${name}: guests never told`, value: guests - told.size, unit: '' },
    { name: `${name}: pictures lost`, value: guests - pictures.length, unit: '' },
    { name: `${name}: messages sent`, value: messages.length, unit: '' },
    { name: `${name}: calls refused`, value: refused, unit: '' },
  ];
}
