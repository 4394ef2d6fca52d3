import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Outcome } from '../../../party/recognition/refusal.ts';
import { removalSteps } from '../../../party/recognition/remove-stream-processor.ts';
import {
  type Call,
  type Found,
  type FoundState,
  pauseAfter,
  reasonOf,
  type StartStep,
  startStep,
  stopStep,
  type Tried,
} from '../../../party/recognition/video-steps.ts';

const found = (state: FoundState['state'], change: Partial<FoundState> = {}): FoundState => ({
  state,
  isOurs: true,
  fits: true,
  ...change,
});
const tried = (call: Call, outcome: Outcome): Tried => ({ call, outcome });
const misfit = { fits: false };
const foreign = { isOurs: false };
const states = ['off', 'starting', 'on', 'stopping', 'failed'] as const;

describe('the next step of a start', () => {
  const table: Array<[what: string, found: Found, tried: Tried | undefined, step: StartStep]> = [
    ['none is there', 'not there', undefined, { do: 'create' }],
    ['none is there any more', 'not there', tried('start', 'not there'), { do: 'create' }],
    ['its name was taken a moment ago', 'not there', tried('create', 'in use'), { do: 'create' }],
    ['AWS is busy', 'busy', undefined, { do: 'wait' }],
    ['a look is refused as in use', 'in use', undefined, { do: 'wait' }],
    ['it is off', found('off'), undefined, { do: 'start' }],
    ['it is off and its start was refused', found('off'), tried('start', 'in use'), { do: 'start' }],
    ['it is off and AWS was busy', found('off'), tried('start', 'busy'), { do: 'start' }],
    ['it is off and does something else', found('off', misfit), undefined, { do: 'delete' }],
    ['it is starting', found('starting'), undefined, { do: 'wait' }],
    ['it is starting what is not wanted', found('starting', misfit), undefined, { do: 'wait' }],
    ['it runs', found('on'), undefined, { do: 'done' }],
    ['it runs after a start', found('on'), tried('start', 'done'), { do: 'done' }],
    ['it runs and does something else', found('on', misfit), undefined, { do: 'stop' }],
    ['it is stopping', found('stopping'), undefined, { do: 'wait' }],
    ['it is stopping what is not wanted', found('stopping', misfit), tried('stop', 'done'), { do: 'wait' }],
    ['it failed some time ago', found('failed'), undefined, { do: 'start', ifInUse: 'delete' }],
    ['it failed and does something else', found('failed', misfit), undefined, { do: 'delete' }],
    [
      'it failed after a start that came to nothing',
      found('failed'),
      tried('start', 'busy'),
      { do: 'start', ifInUse: 'delete' },
    ],
    [
      'it failed when it was started',
      found('failed', { message: 'No video.' }),
      tried('start', 'done'),
      { do: 'give up', why: { failed: 'No video.' } },
    ],
    ...states.map((state): [string, Found, undefined, StartStep] => [
      `another house’s is ${state}`,
      found(state, foreign),
      undefined,
      { do: 'give up', why: 'name taken' },
    ]),
  ];
  for (const [what, look, last, step] of table) {
    test(`when ${what}: ${step.do}`, () => assert.deepEqual(startStep(look, last), step));
  }
});

test('why a start came to nothing is what was seen and answered', () => {
  const failed = found('failed', { message: 'No video.' });
  assert.equal(reasonOf('not there', tried('create', 'in use')), 'stream taken');
  assert.deepEqual(reasonOf(failed, tried('start', 'done')), { failed: 'No video.' });
  assert.equal(reasonOf('not there', tried('create', 'done')), undefined);
  assert.equal(reasonOf('busy'), undefined);
  assert.equal(reasonOf(found('starting')), undefined);
});

test('what was made is started at once, and a busy AWS is given time', () => {
  assert.equal(pauseAfter('not there', tried('create', 'done')), 'none');
  assert.equal(pauseAfter('not there', tried('create', 'busy')), 'long');
  assert.equal(pauseAfter('not there', tried('create', 'in use')), 'short');
  assert.equal(pauseAfter('busy'), 'long');
  assert.equal(pauseAfter('in use'), 'short');
  assert.equal(pauseAfter(found('off'), tried('start', 'done')), 'short');
  assert.equal(pauseAfter(found('off'), tried('start', 'busy')), 'long');
  assert.equal(pauseAfter(found('starting')), 'short');
});

describe('the next step of a stop', () => {
  const table: Array<[what: string, found: Found, step: string]> = [
    ['none is there', 'not there', 'done'],
    ['AWS is busy', 'busy', 'wait'],
    ['a look is refused as in use', 'in use', 'wait'],
    ['it runs', found('on'), 'stop'],
    ['it is starting', found('starting'), 'stop'],
    ['it is stopping', found('stopping'), 'done'],
    ['it is off', found('off'), 'done'],
    ['it failed', found('failed'), 'done'],
    ['it runs and does something else', found('on', misfit), 'stop'],
    ...states.map((state): [string, Found, string] => [
      `another house’s is ${state}`,
      found(state, foreign),
      'done',
    ]),
  ];
  for (const [what, look, step] of table) {
    test(`when ${what}: ${step}`, () => assert.equal(stopStep(look), step));
  }
});

describe('the next steps of a removal', () => {
  const table = [
    ['RUNNING', ['stop']],
    ['UPDATING', ['stop']],
    ['STARTING', ['stop', 'delete']],
    ['STOPPING', []],
    ['STOPPED', ['delete']],
    ['FAILED', ['delete']],
    [undefined, ['stop']],
  ] as const;
  for (const [status, steps] of table) {
    test(`when it is ${status}: ${steps.join(', ') || 'wait'}`, () => {
      assert.deepEqual(removalSteps(status), steps);
    });
  }
});
