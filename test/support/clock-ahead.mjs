/**
 * Loaded before a program and all processes that it starts, by NODE_OPTIONS, it sets their clock ahead of the machine's:
 * by as many milliseconds as stand in the file CLOCK_AHEAD_FILE at that moment. So a test has time pass for a program
 * that sleeps, or between two runs of it. (JavaScript, for it is loaded before what reads TypeScript.)
 */
import { readFileSync } from 'node:fs';

const { CLOCK_AHEAD_FILE } = process.env;
const real = Date.now;
Date.now = () => real() + Number(readFileSync(CLOCK_AHEAD_FILE, 'utf8'));
