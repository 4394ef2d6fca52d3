import { spec } from 'node:test/reporters';

/**
 * A reporter for node's test runner: its own "spec", and before the closing summary the tests that were
 * skipped, each with its reason.
 */
export default async function* skippedReporter(events) {
  const report = new spec();
  const skipped = [];
  let listed = false;
  for await (const event of events) {
    const { type, data } = event;
    if ((type === 'test:pass' || type === 'test:fail') && data.skip !== undefined) skipped.push(data);
    // The summary begins with the number of tests.
    if (!listed && type === 'test:diagnostic' && data.nesting === 0 && /^tests \d/.test(data.message)) {
      listed = true;
      yield list(skipped);
    }
    report.write(event);
    const text = report.read();
    if (text !== null) yield text;
  }
  report.end();
  for await (const text of report) yield text;
}

function list(skipped) {
  if (skipped.length === 0) return '';
  const lines = skipped.map(
    ({ name, skip }) => `  ${name}: ${typeof skip === 'string' && skip !== '' ? skip : 'no reason given'}\n`,
  );
  return `\nSkipped\n${lines.join('')}\n`;
}
