import assert from 'node:assert/strict';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, type TestContext, test } from 'node:test';
import { CreateStreamCommand, KinesisVideoClient } from '@aws-sdk/client-kinesis-video';
import { build } from 'esbuild';
import { checkCameraByVideo } from '../../deploy/doctor/home.ts';
import { whyUnseen } from '../../deploy/doctor/page-camera.ts';
import type { PartyReader } from '../../deploy/doctor/recognition.ts';
import { AwsError } from '../../local/aws/protocol/aws-error.ts';
import { jsonError } from '../../local/aws/protocol/json-answer.ts';
import { startAwsServer } from '../../local/aws/server.ts';
import type { Service } from '../../local/aws/service.ts';
import { signedFor } from '../../local/aws/signature.ts';
import { credentials } from '../../local/environment.ts';
import type { Party } from '../../party/parties/party.ts';
import { afterwards, openHook, standToken } from '../local/telegram/stand.ts';
import { emptyFolder } from '../support/folder.ts';
import { type Cloud, openCloud } from './cloud.ts';
import { run } from './command.ts';
import { region } from './command-environment.ts';
import { wrongIn } from './found-by-doctor.ts';

const minute = 60_000;

/** A house on AWS in which all is well but what a test changes. */
async function openWellHouse(t: TestContext, states: Readonly<Record<string, string>> = {}): Promise<Cloud> {
  const cloud = await openCloud(t, { cloudformation: 'awake', ...states });
  await cloud.keepSecret({ token: standToken, webhookSecret: 'w'.repeat(32), claimCode: 'c'.repeat(16) });
  await cloud.telegram.api.setWebhook(cloud.webhookUrl);
  await cloud.table.put({ pk: 'HOSTS', sk: 'user#1', userId: 1, name: 'Eve', since: 1 });
  await beat(cloud, {});
  return cloud;
}

/** The producer's pulse, written just now. */
async function beat(cloud: Cloud, pulse: Readonly<Record<string, unknown>>): Promise<void> {
  const counts = { frames: 0, faces: 0, calls: 0, dropped: 0, framesPerSecond: 0 };
  await cloud.table.put({
    pk: 'PULSE',
    sk: 'recognition',
    at: Date.now(),
    version: '0.1.0',
    ...counts,
    ...pulse,
  });
}

async function startParty(cloud: Cloud): Promise<void> {
  const now = Date.now();
  const party = {
    id: new Date(now).toISOString(),
    chatId: 1,
    startedBy: 1,
    startedAt: now,
    endsAt: now + 60 * minute,
  };
  await cloud.table.put({ pk: 'PARTY', sk: 'now', ...party });
}

/** A trouble, and what the doctor says of it. */
interface Trouble {
  readonly title: string;
  readonly states?: Readonly<Record<string, string>>;
  readonly make?: (cloud: Cloud, t: TestContext) => Promise<unknown>;
  readonly says: readonly RegExp[];
}

const troubles: readonly Trouble[] = [
  {
    title: 'a mapping that is off',
    states: { lambda: 'a mapping that is off' },
    says: [/stream → match .*is Disabled → .*npm run deploy/],
  },
  {
    title: 'a function that fails, records that come late, and dead letters',
    states: { lambda: 'a function that fails', cloudwatch: 'late', sqs: 'letters' },
    says: [
      /stream → match .*PROBLEM: Function call failed →/,
      /age of records .*were 45 seconds old/,
      /given up: records .*2 in the last days → .*SQS/,
    ],
  },
  {
    title: 'a webhook that is set elsewhere',
    make: async (cloud, t) => cloud.telegram.api.setWebhook((await openHook(t)).url),
    says: [/webhook .*sends its messages to 127\.0\.0\.1:\d+, not to this house → .*--take-over/],
  },
  {
    title: 'no webhook, and nobody who is the host',
    make: async (cloud) => {
      await cloud.telegram.api.deleteWebhook();
      await cloud.table.delete({ pk: 'HOSTS', sk: 'user#1' });
    },
    says: [/webhook .*has no webhook/, /host .*nobody is the host yet → open the link/],
  },
  {
    title: 'a webhook that fails',
    make: async (cloud) => {
      const person = await cloud.telegram.person('host');
      cloud.hook.answer = (_update, response) => void response.writeHead(500).end();
      await person.say(person.bot, 'hello');
      while ((await cloud.telegram.api.getWebhookInfo()).last_error_date === undefined);
    },
    says: [/webhook .*could not deliver \d+ seconds? ago: .*500.*→ .*log/],
  },
  {
    title: 'a producer that fell silent, with a clock that is off',
    make: (cloud) => beat(cloud, { at: Date.now() - 10 * minute + 2 * minute, clockOffset: 2 * minute }),
    says: [
      /producer .*last heard of 10 minutes ago → .*docker compose up/,
      /producer's clock .*2 minutes off AWS's → .*NTP/,
    ],
  },
  {
    title: 'a camera that gives nothing in a party',
    make: async (cloud) => {
      const since = Date.now();
      await startParty(cloud);
      await cloud.table.put({ pk: 'WISH', sk: 'recognition', on: true, since });
      await beat(cloud, { serves: since, lastFrame: Date.now() - 3 * minute });
    },
    says: [/camera .*no picture for 3 minutes → .*address and password/],
  },
  {
    title: 'a song whose object is gone, and a guest whose face is',
    make: async (cloud) => {
      const id = 'jingle';
      const song = { id, title: 'Jingle Bells', key: 'songs/jingle', carol: false };
      await cloud.table.put({ pk: 'SONGS', sk: `song#${id}`, ...song });
      await cloud.table.put({ pk: 'PEOPLE', sk: 'guest#g1', id: 'g1', name: 'Tony', addedAt: 1, songId: id });
      const photo = { photoId: 'one', faceIds: ['gone'], key: 'photos/one' };
      await cloud.table.put({ pk: 'PERSON#g1', sk: 'photo#one', ...photo });
    },
    says: [
      /photos and songs .*not recognised: Tony; gone: 1 song \(Jingle Bells, of Tony\) → send the photos .*again/,
    ],
  },
  {
    title: 'recognition that is wished for without a party',
    make: (cloud) => cloud.table.put({ pk: 'WISH', sk: 'recognition', on: true, since: 1 }),
    says: [/recognition .*wished for though no party is on/],
  },
];

function assertLines(lines: readonly string[], expected: readonly RegExp[]): void {
  assert.equal(lines.length, expected.length, lines.join('\n'));
  for (const [index, words] of expected.entries()) assert.match(lines[index]!, words);
}

describe('the doctor finds', () => {
  for (const { title, states, make, says } of troubles) {
    test(title, async (t) => {
      const cloud = await openWellHouse(t, states);
      await make?.(cloud, t);
      const ended = await run(cloud, ['doctor']);
      const wrong = wrongIn(ended);
      assert.equal(wrong.length, says.length, ended.stdout + ended.stderr);
      for (const [index, words] of says.entries()) assert.match(wrong[index]!, words);
      assert.equal(ended.code, 1);
      assert.deepEqual(cloud.recorded.unanswered, []);
      assert.ok(!(ended.stdout + ended.stderr).includes(standToken), 'no token is printed');
    });
  }

  test('an account to which AWS refuses stream processors', async (t) => {
    const cloud = await openWellHouse(t, { cloudformation: 'awake by video' });
    const refusing: Service = {
      name: 'Rekognition',
      signingName: 'rekognition',
      accepts: (request) => signedFor(request) === 'rekognition',
      answer: async ({ headers }) =>
        /StreamProcessor/.test(String(headers['x-amz-target']))
          ? jsonError(new AwsError('AccessDeniedException', 'Not available to new customers.', 400))
          : {
              status: 200,
              headers: { 'content-type': 'application/x-amz-json-1.1' },
              body: '{"FaceCount":3}',
            },
    };
    const server = await startAwsServer({ port: 0, services: [refusing], credentials });
    afterwards(t, () => server.close());
    const ended = await run(cloud, ['doctor'], { AWS_ENDPOINT_URL_REKOGNITION: server.url });
    assert.ok(
      wrongIn(ended).some((line) =>
        /recognition .*refuses stream processors.*→ .*--recognition images/.test(line),
      ),
      ended.stdout + ended.stderr,
    );
    assert.match(ended.stdout, /✓ face collection +3 faces/);
    assert.equal(ended.code, 1);
  });

  test('by video: an upload that does not follow the party, and a producer that never ran or is content', async (t) => {
    const cloud = await openWellHouse(t, { cloudformation: 'awake by video' });
    const options = { endpoint: cloud.environment.AWS_ENDPOINT_URL!, region, credentials };
    const kinesisVideo = new KinesisVideoClient(options);
    afterwards(t, () => kinesisVideo.destroy());
    await kinesisVideo.send(
      new CreateStreamCommand({ StreamName: 'MusicalJoy-front-door', DataRetentionInHours: 1 }),
    );
    const since = Date.now();
    await cloud.table.put({ pk: 'WISH', sk: 'recognition', on: true, since });
    const ofVideo = async () =>
      (await run(cloud, ['doctor'])).stdout
        .split('\n')
        .flatMap((line, i, lines) =>
          /^[✓✗] (producer|camera|video upload|recognition) /.test(line)
            ? [`${line} ${line.startsWith('✗') ? lines[i + 1]!.trim() : ''}`]
            : [],
        );
    assertLines(await ofVideo(), [
      /✓ producer .*version 0\.1\.0/,
      /✓ camera .*only a party needs one/,
      /✗ video upload .*no party is on.*gigabyte/,
      /✓ recognition .*off, and no party is on/,
    ]);

    await startParty(cloud);
    await beat(cloud, { problem: 'The camera sends H.265.' });
    assertLines(await ofVideo(), [
      /✗ producer .*The camera sends H\.265\. →/,
      /✗ camera .*no picture for 60 seconds →/,
      /✗ video upload .*has not begun to upload →.*\/end_party/,
      /✗ recognition .*a party is on, and the recognition is stopped →/,
    ]);

    await cloud.table.delete({ pk: 'PULSE', sk: 'recognition' });
    await cloud.table.delete({ pk: 'WISH', sk: 'recognition' });
    assertLines(await ofVideo(), [
      /✗ producer .*has never run →.*docker compose up -d; or, if another program/,
      /✗ camera .*no picture/,
      /✗ video upload .*was not told to upload →/,
      /✗ recognition /,
    ]);
  });

  test('a house that is not whole, and one whose last change could not be taken back', async (t) => {
    const cloud = await openWellHouse(t, { cloudformation: 'rolled back' });
    const ended = await run(cloud, ['doctor']);
    assert.equal(ended.code, 1);
    assert.match(
      ended.stderr,
      /^The house MusicalJoy is not whole \(ROLLBACK_COMPLETE\)\. Run npm run deploy/,
    );
    cloud.recorded.set({ cloudformation: 'half taken back' });
    assert.match(
      wrongIn(await run(cloud, ['doctor'])).join('\n'),
      /^✗ stack +CloudFormation says UPDATE_ROLLBACK_FAILED → npm run deploy brings it into order[^\n]*$/,
    );
  });

  test('nothing wrong with a house that sleeps, which has no stream and no recognition', async (t) => {
    const cloud = await openWellHouse(t, { cloudformation: 'asleep' });
    const { code, stdout, stderr } = await run(cloud, ['doctor']);
    assert.equal(code, 0, stdout + stderr);
    assert.match(stdout, /^The house MusicalJoy on AWS, .*, asleep:/);
    assert.doesNotMatch(stdout, /data stream|recognition|producer/);
  });

  test('that there is no house, and no account to look into', async (t) => {
    const cloud = await openCloud(t);
    const none = await run(cloud, ['doctor']);
    assert.equal(none.code, 1);
    assert.match(none.stderr, /^There is no house called MusicalJoy in eu-central-1/);
    const local = await run(cloud, ['doctor', '--local']);
    assert.equal(local.code, 1);
    assert.match(local.stderr, /^No house runs on this machine[\s\S]*npm start/);
  });
});

test('the doctor in a shell that leads to npm run local-aws says what it looked at, and what to do', async (t) => {
  const cloud = { environment: {}, folder: await emptyFolder() };
  const server = await startAwsServer({ port: 0, services: [], credentials });
  afterwards(t, () => server.close());
  const exported = {
    AWS_ENDPOINT_URL: server.url,
    AWS_ACCESS_KEY_ID: credentials.accessKeyId,
    AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
    AWS_DEFAULT_REGION: 'us-east-1',
  };
  const running = await run(cloud, ['doctor'], exported);
  assert.equal(running.code, 1);
  assert.match(
    running.stderr,
    /^I looked for a house that runs on this machine, in \S+\.joy, and for one on AWS, and found neither\..*npm start.*AWS_ENDPOINT_URL is set in this shell, so I asked http:\/\/127\.0\.0\.1:\d+ and not AWS.*npm run local-aws.*Take AWS_ENDPOINT_URL .*out of the environment/,
  );
  const nobody = await run(cloud, ['sleep'], { ...exported, AWS_ENDPOINT_URL: 'http://127.0.0.1:9' });
  assert.match(
    nobody.stderr,
    /^AWS_ENDPOINT_URL is set in this shell, so I asked http:\/\/127\.0\.0\.1:9 .*ECONNREFUSED/,
  );
});

test('the doctor with nothing running, in a shell that knows no AWS, says so before it asks for any Region', async () => {
  const cloud = { environment: {}, folder: await emptyFolder() };
  const noAccount = {
    AWS_EC2_METADATA_DISABLED: 'true',
    AWS_SHARED_CREDENTIALS_FILE: '/dev/null',
    AWS_CONFIG_FILE: '/dev/null',
  };
  for (const env of [noAccount, { ...noAccount, AWS_REGION: 'eu-central-1' }]) {
    const { code, stderr } = await run(cloud, ['doctor'], env);
    assert.equal(code, 1);
    assert.match(
      stderr,
      /^I looked for a house that runs on this machine, .*and found neither\. To start .*npm start/,
    );
  }
});

test('a camera that is turned off in a party is wrong, and one that is lost always is', async () => {
  const { page, close } = await pageThatSays({ status: 'off' });
  const party = { on: async () => ({}) as Party };
  const none = { on: async () => undefined };
  const camera = (parties: PartyReader) =>
    checkCameraByVideo(
      async () => undefined,
      parties,
      () => whyUnseen(page),
    ).look();
  assert.deepEqual((await camera(none)).well, true);
  const off = await camera(party);
  assert.deepEqual([off.well, off.says], [false, 'is turned off']);
  assert.match(off.todo ?? '', /^choose one on the page, under “At the door”: http/);
  await close();
  const lost = await pageThatSays({ status: 'lost', message: 'It refuses the password.' });
  const why = await whyUnseen(lost.page);
  assert.equal(why?.says, 'gives no picture: It refuses the password.');
  assert.equal(why?.isOff, false);
  await lost.close();
});

/** A page that says of its camera only this. */
async function pageThatSays(camera: object): Promise<{ page: string; close(): Promise<void> }> {
  const server = createServer((_request, response) => response.end(JSON.stringify({ camera })));
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const { port } = server.address() as AddressInfo;
  return { page: `http://127.0.0.1:${port}`, close: async () => void server.close() };
}

test('the house on this machine is looked at without the packages that only AWS takes', async () => {
  const { dependencies, devDependencies } = JSON.parse(await readFile('package.json', 'utf8'));
  const loaded = await packagesOf(['deploy/doctor.ts', 'deploy/commands/doctor.ts']);
  assert.ok(loaded.has('@aws-sdk/client-rekognition'));
  assert.deepEqual(
    [...loaded].filter((name) => name in devDependencies && !(name in dependencies)),
    [],
  );
});

/** The packages that programs load at once: what they import only when it is called for is not counted. */
async function packagesOf(entryPoints: string[]): Promise<Set<string>> {
  const { metafile } = await build({
    entryPoints,
    bundle: true,
    write: false,
    metafile: true,
    outdir: '.',
    packages: 'external',
    platform: 'node',
    format: 'esm',
  });
  const packages = new Set<string>();
  const files = [...entryPoints];
  const seen = new Set<string>();
  for (let file = files.pop(); file !== undefined; file = files.pop()) {
    if (seen.has(file)) continue;
    seen.add(file);
    for (const { path, kind, external } of metafile.inputs[file]?.imports ?? []) {
      if (kind === 'dynamic-import') continue;
      if (external) packages.add(/^(@[^/]+\/)?[^/]+/.exec(path)![0]);
      else files.push(path);
    }
  }
  return packages;
}
