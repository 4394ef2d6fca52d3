import { readFileSync, writeSync } from 'node:fs';
import { spec } from 'node:test/reporters';
import { inspect } from 'node:util';

/**
 * The reporter in the process of a test file: prints each test as node's own "spec" does, and tells the runner of it
 * (events.ts). What spec says at the very end (how many, which failed) is left to the runner, which says it once for
 * all files. Plain JavaScript, for node loads reporters before anything that could read TypeScript.
 */
export default async function* reporter(events) {
  const report = new spec();
  for await (const event of events) {
    const { type, data } = event;
    if (type === 'test:dequeue') tell({ type: 'start', ...named(data) });
    if (type === 'test:pass' || type === 'test:fail') tell(ended(type, data));
    if (type === 'test:summary' || (type === 'test:diagnostic' && isCount(data))) continue;
    report.write(event);
    yield report.read() ?? '';
  }
  report.end();
  let text = '';
  for await (const more of report) text += more;
  tell({ type: 'failures', text, spent: spent() });
}

/** Written at once, so that it is there even if this process is killed. */
function tell(event) {
  writeSync(3, `${JSON.stringify(event)}\n`);
}

const named = ({ name, nesting, file }) => ({ name, nesting, file });

const ended = (type, data) => ({
  type: 'end',
  ...named(data),
  suite: data.details.type === 'suite',
  ok: type === 'test:pass',
  cancelled: ['cancelledByParent', 'testAborted', 'testTimeoutFailure'].includes(
    data.details.error?.failureType,
  ),
  error: thrown(data.details.error),
  skip: reason(data.skip),
  todo: reason(data.todo),
  took: data.details.duration_ms,
  spent: spent(),
});

const thrown = (error) =>
  error === undefined || error.failureType === 'subtestsFailed' ? undefined : inspect(error.cause ?? error);

/**
 * Processor time of this process so far, in milliseconds; on Linux with that of all processes that it has started and
 * that have ended (proc_pid_stat(5): utime, stime, cutime, cstime, in hundredths of a second).
 */
function spent() {
  if (process.platform !== 'linux')
    return Object.values(process.cpuUsage()).reduce((sum, part) => sum + part) / 1000;
  const fields = readFileSync('/proc/self/stat', 'latin1').split(') ').at(-1).split(' ');
  return fields.slice(11, 15).reduce((sum, ticks) => sum + Number(ticks) * 10, 0);
}

/** Node gives the reason, or true, or an empty text. */
const reason = (given) => (given === undefined ? undefined : given || true);

const isCount = ({ nesting, message }) =>
  nesting === 0 && /^(tests|suites|pass|fail|cancelled|skipped|todo|duration_ms) \d+(\.\d+)?$/.test(message);
