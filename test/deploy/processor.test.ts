import assert from 'node:assert/strict';
import { test } from 'node:test';
import { RekognitionClient } from '@aws-sdk/client-rekognition';
import { removeFormerProcessor } from '../../deploy/stack/processor.ts';
import type { Terminal } from '../../deploy/terminal.ts';
import { credentials, names } from '../../local/environment.ts';
import { type Fault, startFaultyAws } from '../support/faulty-aws.ts';

const cases: Array<[what: string, answer: Fault, said: RegExp | undefined]> = [
  ['that is not there', { error: 'ResourceNotFoundException' }, undefined],
  ['that the account may not have', { error: 'AccessDeniedException', message: 'Access denied.' }, undefined],
  [
    'that may not be looked at',
    {
      error: 'AccessDeniedException',
      message:
        'User: arn:aws:iam::1:user/u is not authorized to perform: rekognition:DescribeStreamProcessor',
    },
    /^The stream processor front-door may still run, .*\n.*stop-stream-processor --name front-door/,
  ],
];
for (const [what, answer, said] of cases) {
  test(`of a former stream processor ${what} ${said ? 'it is said what it may cost' : 'nothing is said'}`, async (t) => {
    const aws = await startFaultyAws('http://127.0.0.1:9');
    t.after(() => aws.close());
    aws.always('DescribeStreamProcessor', answer);
    const rekognition = new RekognitionClient({ endpoint: aws.url, region: names.region, credentials });
    const lines: string[] = [];
    const terminal = { say: (line: string) => lines.push(line) } as unknown as Terminal;

    await removeFormerProcessor(rekognition, 'front-door', terminal);

    assert.deepEqual(aws.asked, ['DescribeStreamProcessor']);
    if (said) assert.match(lines.join(''), said);
    else assert.deepEqual(lines, []);
  });
}
