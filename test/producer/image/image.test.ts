import assert from 'node:assert/strict';
import { readdir, readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { before, describe, test } from 'node:test';
import { parseEnv } from 'node:util';
import { openCameraHouse } from '../../support/camera-house.ts';
import { eventually } from '../../support/eventually.ts';
import { emptyFolder } from '../../support/folder.ts';
import { endParty, nextArrival, startParty } from '../../support/house.ts';
import { buildImage, type Image } from '../../support/image/build.ts';
import { type Container, startContainer } from '../../support/image/container.ts';
import { withoutDebianTrees } from '../../support/image/debian.ts';
import { heard } from '../../support/producer.ts';
import { withoutRtspServer } from '../../support/rtsp-server.ts';

const targetArch = process.arch === 'arm64' ? 'arm64' : 'amd64';

/** Enough for the program to go looking for AWS, where nobody is. */
const nowhere = {
  AWS_ENDPOINT_URL: 'http://127.0.0.1:9',
  AWS_REGION: 'eu-central-1',
  AWS_ACCESS_KEY_ID: 'AKIAIOSFODNN7EXAMPLE',
  AWS_SECRET_ACCESS_KEY: 'secret',
  TABLE_NAME: 'table',
  BUCKET_NAME: 'bucket',
  COLLECTION_ID: 'collection',
  DATA_STREAM_NAME: 'stream',
  CAMERA_URL: 'rtsp://127.0.0.1:9/door',
};

const runs = (container: Container) =>
  eventually('the producer runs', () => container.output().includes('The producer runs'), 60_000);

describe("the producer's image", { skip: withoutDebianTrees, timeout: 900_000, concurrency: 5 }, () => {
  let image: Image;

  before(async () => {
    image = await buildImage('producer/Dockerfile', { folder: await emptyFolder(), targetArch });
  });

  const filesOf = async (folder: string) => {
    const entries = await readdir(path.join(image.tree, folder), { recursive: true, withFileTypes: true });
    return entries.filter((entry) => entry.isFile()).map((entry) => path.join(entry.parentPath, entry.name));
  };

  test('holds the program, the native packages of this processor, and no more', async (t) => {
    const files = await filesOf('app');
    const native = files.filter((file) => /\.(node|dll|dylib|exe)$|\.so(\.|$)/.test(file));
    const cpu = process.arch;
    const others = native.filter((file) => !new RegExp(`linux[-/]${cpu}`).test(file));
    assert.deepEqual(others, []);
    assert.ok(native.length >= 4, native.join());
    const unwanted = /\.env|\.ts$|\.map$|Dockerfile|\/(test|bench|local|bot|demo|tsx|esbuild|aws-cdk-lib)\//;
    // Maps and types that lie in the packages themselves are theirs.
    const own = files.filter((file) => !file.includes('node_modules'));
    assert.deepEqual(
      own.filter((file) => unwanted.test(file)),
      [],
    );
    for (const program of ['npm', 'npx', 'yarn']) {
      assert.ok(!(await readdir(path.join(image.tree, 'usr/local/bin'))).includes(program), program);
    }
    const sizes = await Promise.all(files.map(async (file) => (await stat(file)).size));
    const megabytes = sizes.reduce((sum, size) => sum + size, 0) / 1e6;
    t.diagnostic(`/app: ${files.length} files, ${Math.round(megabytes)} MB`);
    assert.ok(megabytes < 300, `${megabytes} MB`);
  });

  test('holds the licence texts of all that is in it', async () => {
    const text = (file: string) => readFile(path.join(image.tree, file), 'utf8');
    const packages = (await filesOf('app/node_modules'))
      .filter((file) => path.basename(file) === 'package.json')
      .map((file) => /node_modules\/((?:@[^/]+\/)?[^/]+)\/package\.json$/.exec(file)?.[1])
      .filter((name) => name !== undefined);
    const bundled = ['@aws-sdk/client-s3', '@smithy/core', 'node-av', 'zod'];
    assert.ok(packages.length >= 10, packages.join());
    for (const name of [...packages, ...bundled, 'node']) {
      const files = await readdir(path.join(image.tree, 'app/licences', name));
      assert.ok(files.length > 0, name);
    }
    assert.match(await text('app/licences/node/LICENSE'), /Node\.js/);
    assert.match(await text(`app/licences/@seydx/node-av-linux-${process.arch}/ffmpeg.md`), /libfdk-aac/);
    for (const name of ['GPL-3', 'LGPL-3', 'Apache-2.0']) {
      assert.ok((await text(`usr/share/common-licenses/${name}`)).length > 1000, name);
    }
  });

  test('runs as a user without any right, who can write nowhere but in /tmp', async (t) => {
    const container = startContainer(t, image, { env: nowhere });
    await runs(container);
    const status = await readFile(`/proc/${await container.pid()}/status`, 'utf8');
    assert.match(status, /^Uid:\t1000\t1000\t1000\t1000$/m);
    assert.match(status, /^Gid:\t1000\t1000\t1000\t1000$/m);
    assert.match(status, /^CapBnd:\t0+$/m);
    assert.match(status, /^NoNewPrivs:\t1$/m);
    const touch = await container.exec([
      'node',
      '-e',
      `const { writeFileSync } = require('node:fs');
       for (const folder of ['/app', '/', '/etc', '/tmp']) {
         try { writeFileSync(folder + '/x', ''); console.log(folder); } catch {}
       }`,
    ]);
    assert.equal(touch.output.trim(), '/tmp');
  });

  test('says what is not set, and ends', async (t) => {
    const container = startContainer(t, image);
    assert.equal(await container.ended, 2);
    assert.match(container.output(), /CAMERA_URL is not set/);
    assert.match(container.output(), /TABLE_NAME/);
  });

  test('ends within five seconds of SIGTERM, though AWS and the camera are away', async (t) => {
    const container = startContainer(t, image, { env: nowhere });
    await runs(container);
    await container.signal('SIGTERM');
    // After four and a half seconds it would end with 1.
    assert.equal(await container.ended, 0, container.output());
  });

  test('brings a guest who comes before an RTSP camera into the chat, healthy all the while', {
    skip: withoutRtspServer,
  }, async (t) => {
    const { house, host, login, port } = await openCameraHouse(t, `p@ss/w?rd #1 $HOME '"`);

    const settings = parseEnv(await readFile(house.producerEnv!, 'utf8')) as Record<string, string>;
    const container = startContainer(t, image, {
      env: {
        ...settings,
        CAMERA_URL: `rtsp://127.0.0.1:${port}/door`,
        CAMERA_USER: login.user,
        CAMERA_PASSWORD: login.password,
      },
    });
    await heard(house);
    const waiting = await container.exec(image.healthCheck);
    assert.equal(waiting.code, 0, waiting.output);

    await startParty(host);
    assert.match((await nextArrival(host)).caption ?? '', /^Anna is here/);
    const watching = await container.exec(image.healthCheck);
    assert.deepEqual([watching.code, watching.output.trim()], [0, 'It watches the door.']);
    await endParty(host);

    await container.signal('SIGTERM');
    assert.equal(await container.ended, 0, container.output());
    assert.doesNotMatch(container.output(), /p@ss|p%40ss|telemetry/i);
    t.diagnostic(container.output());
  });
});
