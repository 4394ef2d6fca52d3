import type { DataStream } from '../aws/kinesis/data-stream.ts';
import type { StreamRecord } from '../aws/kinesis/segment.ts';
import { wait } from './waiting.ts';

/** How records are gathered into a batch. */
export interface Batching {
  /** Records a batch. */
  readonly size: number;
  /** How long a batch that is not full waits for more, in milliseconds. */
  readonly windowMs: number;
}

/** Lambda's limit for an event of 6 MB, less what base64 and the JSON around add. */
const maxBytes = 4 * 1024 * 1024;

/** The records after a place, as soon as there are any; with a window, once that is over or the batch is full. */
export async function nextBatch(
  stream: DataStream,
  after: string,
  { size, windowMs }: Batching,
  signal: AbortSignal,
): Promise<readonly StreamRecord[]> {
  const read = () => stream.read(after, { records: size, bytes: maxBytes });
  // After the newest, not after `after`: what lies between may have expired, and would be waited for in vain.
  if (read().length === 0) await stream.waitForRecords(stream.latest, signal);
  if (windowMs > 0 && !signal.aborted) await untilFull(stream, read, size, windowMs, signal);
  return signal.aborted ? [] : read();
}

async function untilFull(
  stream: DataStream,
  read: () => readonly StreamRecord[],
  size: number,
  windowMs: number,
  signal: AbortSignal,
): Promise<void> {
  const window = new AbortController();
  const close = () => window.abort();
  signal.addEventListener('abort', close);
  void wait(windowMs, window.signal).then(close);
  for (let batch = read(); batch.length < size && !window.signal.aborted; ) {
    const newest = stream.latest;
    await stream.waitForRecords(newest, window.signal);
    const longer = read();
    const fullByBytes = longer.length === batch.length && stream.latest > newest;
    if (fullByBytes) break;
    batch = longer;
  }
  close();
  signal.removeEventListener('abort', close);
}
