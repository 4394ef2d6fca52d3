import { setTimeout as delay } from 'node:timers/promises';
import { second } from '../party/clock.ts';
import { nextArrival, startParty } from '../test/support/house.ts';
import { atHome, endWatching, guest, nobody, until } from './at-the-door.ts';
import { coreShare } from './core-share.ts';
import { partyCost } from './cost.ts';
import { type Figure, median, spreadInSeconds } from './figure.ts';
import { arrivalTimes } from './house.ts';

const arrivalCount = 10;
/** A film in which somebody moves is so long: it must not end while the rate is counted. Seconds. */
const film = 60;
/** So long nobody known is at the door before the guest comes: seconds. */
const timeBefore = 7;

/** Measures the producer as its image runs it, before an RTSP camera and AWS on this machine. */
export async function producerBench(): Promise<Figure[]> {
  const idle = await atHome([await nobody(1)], async ({ producer }) => {
    await delay(30 * second); // until it has started, and what it does often is compiled
    return await coreShare(producer.child, 60 * second);
  });
  const rates: Figure[] = [];
  for (const width of [1280, 1920]) rates.push(...(await rateFigures(width)));
  const arrivals = await arrivalFigures();
  const video = await arrivalTimes(arrivalCount);
  return [
    { name: 'idle: share of a core', value: idle * 100, unit: '%' },
    ...rates,
    ...arrivals.figures,
    ...spreadInSeconds('face to message by video', video),
    ...partyCost({ hours: 5, guests: 40, callsPerGuest: arrivals.callsPerGuest, returns: 1, strangers: 20 }),
  ];
}

/** What it holds before a door where somebody always moves. */
async function rateFigures(width: number): Promise<Figure[]> {
  const [near, far] = [await guest(0.2), await guest(0.2, 0.9)];
  const shots = Array.from({ length: 5 * film }, (_, i) => (i % 2 ? near : far));
  return await atHome(
    shots,
    async (home) => {
      const { producer, host } = home;
      await startParty(host);
      await until(producer, 0, ({ message }) => message === 'The camera sends');
      await delay(10 * second);
      const share = await coreShare(producer.child, 20 * second);
      const last = await endWatching(home);
      const size = `${(width * 9) / 16}p`;
      return [
        { name: `${size}, movement: frames looked at`, value: Number(last.framesPerSecond), unit: '/s' },
        { name: `${size}, movement: share of a core`, value: share * 100, unit: '%' },
      ];
    },
    { width },
  );
}

async function arrivalFigures(): Promise<{ figures: Figure[]; callsPerGuest: number }> {
  return await atHome([await nobody(timeBefore), await guest(30)], async (home) => {
    const { producer, host } = home;
    const times: number[] = [];
    const calls: number[] = [];
    for (let arrival = 0; arrival < arrivalCount; arrival++) {
      const before = producer.log().length;
      await startParty(host);
      // Each party has the camera's film from its beginning: so it is known when the guest is to be seen.
      const begin = await until(producer, before, ({ message }) => message === 'The camera sends');
      await nextArrival(host);
      times.push(Date.now() - Date.parse(begin.time) - timeBefore * second);
      const last = await endWatching(home);
      calls.push(Number(last.calls));
    }
    const callsPerGuest = median(calls);
    return {
      callsPerGuest,
      figures: [
        { name: 'searches for a guest to arrive, median', value: callsPerGuest, unit: '' },
        ...spreadInSeconds('face to message by images', times),
      ],
    };
  });
}
