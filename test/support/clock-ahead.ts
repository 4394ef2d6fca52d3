/**
 * Loaded before a program, it sets the program's clock ahead of the machine's: by CLOCK_AHEAD milliseconds from the
 * start, and by CLOCK_STEP more at each SIGUSR2. So a test has time pass for a program that sleeps, or between two runs
 * of it.
 */
import { movableTime } from './clock.ts';

const { CLOCK_AHEAD = '0', CLOCK_STEP = '0' } = process.env;
const time = movableTime(undefined, Number(CLOCK_AHEAD));
process.on('SIGUSR2', () => time.pass(Number(CLOCK_STEP)));
