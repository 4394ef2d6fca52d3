import { writeSync } from 'node:fs';
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
  tell({ type: 'failures', text });
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
});

const thrown = (error) =>
  error === undefined || error.failureType === 'subtestsFailed' ? undefined : inspect(error.cause ?? error);

/** Node gives the reason, or true, or an empty text. */
const reason = (given) => (given === undefined ? undefined : given || true);

const isCount = ({ nesting, message }) =>
  nesting === 0 && /^(tests|suites|pass|fail|cancelled|skipped|todo|duration_ms) \d+(\.\d+)?$/.test(message);
