/**
 * Loaded before a program, it sets the clock that `Date.now` reads ahead of the machine's: by CLOCK_AHEAD milliseconds
 * from the start, and by CLOCK_STEP more at each SIGUSR2. So a test has time pass for a program that sleeps, or between
 * two runs of it, as a machine's clock goes on while it sleeps; timers keep to real time.
 */
const { CLOCK_AHEAD = '0', CLOCK_STEP = '0' } = process.env;
const machine = Date.now;
let ahead = Number(CLOCK_AHEAD);

Date.now = () => machine() + ahead;
process.on('SIGUSR2', () => {
  ahead += Number(CLOCK_STEP);
});
