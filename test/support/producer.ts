import type { TestContext } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { credentials, names } from '../../local/environment.ts';
import { type Pulse, Pulses } from '../../party/recognition/pulse.ts';
import type { Services } from '../../party/services.ts';
import { type NodeProgram, startNodeProgram } from './node-program.ts';

const main = fileURLToPath(new URL('../../producer/main.ts', import.meta.url));

/** A line of the producer's log. */
export interface LogLine {
  readonly time: string;
  readonly level: 'info' | 'warn' | 'error';
  readonly message: string;
  readonly [field: string]: unknown;
}

/** The producer, running as its image runs it. */
export interface ProducerProcess extends NodeProgram {
  log(): LogLine[];
}

/** Starts the producer with these options and settings; it is killed when the test ends. */
export function runProducer(
  t: TestContext,
  args: readonly string[],
  env: Record<string, string> = {},
): ProducerProcess {
  const producer = startProducer(args, env);
  t.after(() => producer.kill());
  return producer;
}

/** Starts the producer with these options and settings, and no others of whoever runs it. */
export function startProducer(args: readonly string[], env: Record<string, string> = {}): ProducerProcess {
  const { PATH = '', HOME = '' } = process.env;
  const program = startNodeProgram(main, args, { env: { PATH, HOME, ...env } });
  return { ...program, log: () => program.output().split('\n').flatMap(logLine) };
}

/**
 * The settings of a producer that uploads to AWS on this machine; the camera's address comes to them.
 *
 * @param aws its URL
 */
export const uploaderSettings = (aws: string): Record<string, string> => ({
  RECOGNITION: 'video',
  AWS_ENDPOINT_URL: aws,
  AWS_REGION: names.region,
  AWS_ACCESS_KEY_ID: credentials.accessKeyId,
  AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
  TABLE_NAME: names.table,
  VIDEO_STREAM_NAME: names.videoStream,
});

/** Waits for a pulse of the producer, such as is asked for. */
export async function heard(
  { services }: { readonly services: Pick<Services, 'table'> },
  what = 'any',
  isIt: (pulse: Pulse) => boolean = () => true,
): Promise<Pulse> {
  const pulses = new Pulses(services.table);
  const deadline = Date.now() + 180_000;
  for (;;) {
    const pulse = await pulses.read();
    if (pulse && isIt(pulse)) return pulse;
    if (Date.now() > deadline) throw new Error(`No such pulse (${what}); the last: ${JSON.stringify(pulse)}`);
    await delay(50);
  }
}

function logLine(line: string): LogLine[] {
  return line.startsWith('{"time"') && line.endsWith('}') ? [JSON.parse(line)] : [];
}
