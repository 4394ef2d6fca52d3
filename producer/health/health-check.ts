import { checkHealth, usualHealthFile } from './health.ts';

/** The container's health check: says how the producer is, and ends with 0 when it is well and 1 when not. */
const { healthy, words } = checkHealth(process.env.HEALTH_FILE || usualHealthFile());
console.log(words);
process.exitCode = healthy ? 0 : 1;
