import assert from 'node:assert/strict';
import { test } from 'node:test';
import { UsageError } from '../../deploy/errors.ts';
import {
  readCheckOptions,
  readDeployOptions,
  readDestroyOptions,
  readDoctorOptions,
  readSleepOptions,
} from '../../deploy/options.ts';

const readers = {
  deploy: readDeployOptions,
  sleep: (args: readonly string[]) => readSleepOptions('sleep', args),
  wake: (args: readonly string[]) => readSleepOptions('wake', args),
  doctor: readDoctorOptions,
  destroy: readDestroyOptions,
  'check-aws': readCheckOptions,
} as const;

/** A command line that makes no sense, and what is said of it. */
const wrong: ReadonlyArray<readonly [keyof typeof readers, string, RegExp]> = [
  ['deploy', '--name 2nd', /--name takes up to 40 letters, digits and hyphens, a letter first; not 2nd/],
  ['deploy', `--name ${'x'.repeat(41)}`, /--name takes up to 40/],
  ['deploy', '--region Frankfurt', /--region takes a Region's code, such as eu-central-1; not Frankfurt/],
  ['check-aws', '--recognition audio', /--recognition takes images or video, not audio/],
  ['deploy', '--recognition audio', /--recognition takes images or video, not audio/],
  ['deploy', '--time-zone Vienna', /--time-zone takes a name such as Europe\/Vienna, not Vienna/],
  ['deploy', '--budget 20', /--budget takes US dollars a month, and --budget-mail the address/],
  ['deploy', '--budget-mail me@example.com', /--budget takes US dollars/],
  ['deploy', '--budget much --budget-mail me@example.com', /--budget takes US dollars/],
  ['deploy', '--budget 20 --budget-mail me', /--budget takes US dollars/],
  ['deploy', 'MusicalJoy', /MusicalJoy/],
  ['wake', '--end-party', /--end-party/],
  ['destroy', '--pictures some', /--pictures takes keep or delete, not some/],
  [
    'doctor',
    '--local --region eu-west-1',
    /--local and --data are for this machine, --name and --region for AWS/,
  ],
];

for (const [command, line, says] of wrong) {
  test(`${command} ${line} is refused in words, with where to read on`, () => {
    assert.throws(
      () => readers[command](line.split(' ')),
      (error) => {
        assert.ok(error instanceof UsageError);
        assert.match(error.message, says);
        assert.ok(error.message.endsWith(`See npm run ${command} -- --help`), error.message);
        return true;
      },
    );
  });
}

test('Regions of every kind are taken', () => {
  for (const region of ['us-east-1', 'ap-southeast-2', 'us-gov-west-1', 'cn-north-1'])
    assert.equal(readDeployOptions(['--region', region]).region, region);
});

test('nothing said is MusicalJoy, where the environment says, and nothing else decided', () => {
  assert.deepEqual(readDeployOptions([]), {
    name: 'MusicalJoy',
    region: undefined,
    recognition: undefined,
    budget: undefined,
    timeZone: undefined,
    takeOver: false,
    producerKey: false,
    noArrivalWebhook: false,
    endParty: false,
    equipsProducer: true,
    yes: false,
    help: false,
  });
});

test('a budget has an amount and an address, can be taken away, and stays as it is if nothing is said', () => {
  const budgetOf = (line: string) => readDeployOptions(line.split(' ').filter(Boolean)).budget;
  assert.deepEqual(budgetOf('--budget 20 --budget-mail me@example.com'), {
    dollars: 20,
    mail: 'me@example.com',
  });
  assert.equal(budgetOf('--budget none'), 'none');
  assert.equal(budgetOf(''), undefined);
});
