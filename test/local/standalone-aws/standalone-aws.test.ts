import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import net from 'node:net';
import path from 'node:path';
import { describe, type TestContext, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { readSettings } from '../../../local/standalone-aws/settings.ts';
import { localEnvironment, withoutAwsCommand } from '../../support/aws-command.ts';
import { runPythonWith, withoutBoto3 } from '../../support/boto3.ts';
import { eventually } from '../../support/eventually.ts';
import { emptyFolder } from '../../support/folder.ts';
import { portrait } from '../../support/portraits.ts';
import { type Program, run } from '../../support/program.ts';

const main = fileURLToPath(new URL('../../../local/standalone-aws/main.ts', import.meta.url));

const start = (t: TestContext, ...args: string[]): Program => run(t, args, {}, main);

/** What the program tells its reader to set, as a shell would read it. */
function exported(output: string): Record<string, string> {
  return Object.fromEntries(
    [...output.matchAll(/^ *export (\w+)=(\S+)$/gm)].map(([, name, value]) => [name, value]),
  );
}

/** The pictures of a guest, of that guest once more, and of somebody else, as files. */
async function pictures(folder: string): Promise<string[]> {
  const portraits = { known: 'anna', same: 'annaAgain', stranger: 'carla' } as const;
  return await Promise.all(
    Object.entries(portraits).map(async ([name, who]) => {
      const file = path.join(folder, `${name}.jpg`);
      await writeFile(file, await portrait(who));
      return file;
    }),
  );
}

describe('AWS without the rest', { concurrency: true }, () => {
  test('without options there are defaults', () => {
    assert.deepEqual(readSettings([]), {
      help: false,
      port: { number: 4566, asked: false },
      data: '.local-aws',
    });
  });

  test('--help says what there is, and starts nothing', async (t) => {
    const program = start(t, '--help');
    assert.equal(await program.ended, 0);
    for (const option of ['npm run local-aws', '--port 4566', '--data .local-aws', '127.0.0.1']) {
      assert.ok(program.output().includes(option), option);
    }
  });

  test('an option that is none, and a port that is none, are refused in words', async (t) => {
    for (const wrong of [['--colour'], ['--port', 'http']]) {
      const program = start(t, ...wrong);
      assert.equal(await program.ended, 2);
      assert.match(program.output(), /^(Unknown option '--colour'|--port takes a port from 0 to 65535)/);
      assert.match(program.output(), /See npm run local-aws -- --help/);
    }
  });

  test('it recognises for boto3 and the aws command, by the variables that it prints, until it is stopped', async (t) => {
    const folder = await emptyFolder();
    const data = path.join(folder, 'data');
    const program = start(t, '--port', '0', '--data', data);
    const url = await program.address('AWS');
    await eventually('it is all printed', () => program.output().includes('Stop with Ctrl+C.'));
    const variables = exported(program.output());
    assert.equal(variables.AWS_ENDPOINT_URL, url);
    assert.equal(new URL(url).hostname, '127.0.0.1');

    const port = new URL(url).port;
    const [taken, folderTaken] = [
      start(t, '--port', port, '--data', path.join(folder, 'other')),
      start(t, '--port', '0', '--data', data),
    ];

    await t.test('boto3', { skip: withoutBoto3 }, async () => {
      const seen = await runPythonWith<{ same: string[]; stranger: string[]; detected: string[][] }>(
        variables,
        new URL('recognise.py', import.meta.url),
        ...(await pictures(folder)),
      );
      assert.deepEqual(seen.same, ['Anna']);
      assert.deepEqual(seen.stranger, []);
      assert.deepEqual(seen.detected, [['BoundingBox', 'Confidence', 'Landmarks', 'Pose', 'Quality']]);
    });

    await t.test('the aws command', { skip: withoutAwsCommand }, async () => {
      const command = [
        'rekognition',
        'create-collection',
        '--collection-id',
        'by-command',
        '--output',
        'json',
      ];
      const { stdout } = await promisify(execFile)('aws', command, {
        env: { ...localEnvironment(), ...variables },
      });
      assert.equal(JSON.parse(stdout).StatusCode, 200);
    });

    assert.equal(await taken.ended, 1);
    assert.match(taken.output(), new RegExp(`Port ${port} is taken by another program`));
    assert.equal(await folderTaken.ended, 1);
    assert.match(folderTaken.output(), /already running[\s\S]*npm run local-aws -- --data/);

    program.child.kill('SIGINT');
    assert.equal(await program.ended, 0);
    const socket = net.connect(Number(port), '127.0.0.1');
    await assert.rejects(
      new Promise((resolve, reject) => socket.once('connect', resolve).once('error', reject)),
      { code: 'ECONNREFUSED' },
    );
  });
});
