import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { after, before, describe, test } from 'node:test';
import { says } from '../../support/bot-house.ts';
import { openCameraHouse } from '../../support/camera-house.ts';
import { carolMusic } from '../../support/carols.ts';
import { makeBaseImages } from '../../support/docker/base-images.ts';
import { type ComposeContainer, type ComposeProject, copyProject } from '../../support/docker/compose.ts';
import { confinementOf, killProducer } from '../../support/docker/confinement.ts';
import { type DockerEngine, startDockerEngine } from '../../support/docker/engine.ts';
import { textsInImage } from '../../support/docker/image-bytes.ts';
import { withoutDocker } from '../../support/docker/needs.ts';
import { eventually } from '../../support/eventually.ts';
import { endParty, nextArrival, startParty } from '../../support/house.ts';
import { withoutRtspServer } from '../../support/rtsp-server.ts';

/** Stands in each file that must not come into the image, or is its name. */
const secret = `planted-${randomUUID()}`;

/** Where hosts, and programs that they run in the folder, leave files that are nobody else's. */
const planted = [
  '.env',
  'producer.env',
  'producer/.env',
  'producer/.env.local',
  'producer/image/door.env',
  'party/producer.env',
  'vision/graphs/.env',
  `node_modules/${secret}/index.js`,
  `producer/node_modules/${secret}/index.js`,
  `party/record/node_modules/${secret}/index.js`,
];

/** Enough for the program to go looking for AWS and a camera, where nobody is. */
const nowhere = `
AWS_ENDPOINT_URL=http://127.0.0.1:9
AWS_REGION=eu-central-1
AWS_ACCESS_KEY_ID=AKIAIOSFODNN7EXAMPLE
AWS_SECRET_ACCESS_KEY=secret
TABLE_NAME=table
BUCKET_NAME=bucket
COLLECTION_ID=collection
DATA_STREAM_NAME=stream
CAMERA_URL=rtsp://127.0.0.1:9/door
`;

const runs = (container: ComposeContainer) =>
  eventually('the producer runs', async () => (await container.logs()).includes('The producer runs'), 60_000);

const becomes = (health: string, container: ComposeContainer) =>
  eventually(
    `the container is ${health}`,
    async () => (await container.inspect('{{.State.Health.Status}}')) === health,
    90_000,
  );

describe('the producer in Docker', { skip: withoutDocker, timeout: 1_200_000 }, () => {
  let engine: DockerEngine;
  let project: ComposeProject;

  after(() => engine?.stop());
  before(async () => {
    engine = await startDockerEngine();
    await makeBaseImages(engine);
    project = await copyProject(engine);
    for (const file of planted) {
      await mkdir(path.dirname(path.join(project.folder, file)), { recursive: true });
      await writeFile(path.join(project.folder, file), `SECRET=${secret}\n`);
    }
    await project.compose('build');
  });

  /** Ends it as `docker compose stop` does, and says how it ended. */
  const stop = async (container: ComposeContainer) => {
    await project.compose('stop');
    const state = await container.inspect('{{.State.Status}} {{.State.ExitCode}} {{.State.OOMKilled}}');
    const logs = await container.logs();
    await project.compose('down');
    return { state, logs };
  };

  test('is built from the code, and from nothing that lies beside it', async () => {
    // A stage's files are no part of the image, but what a package is bundled from is.
    for (const stage of ['program', 'packages']) {
      const file = path.join(project.folder, 'producer/Dockerfile');
      const args = ['--target', stage, '--tag', stage, '--network', 'host', '--file', file];
      await engine.docker('build', '--quiet', ...args, project.folder);
    }
    const code = 'It watches the door.';
    assert.deepEqual(await textsInImage(engine, 'musical-joy-producer', [secret, code]), [code]);
    assert.deepEqual(await textsInImage(engine, 'program', [secret, code]), [code]);
    assert.deepEqual(await textsInImage(engine, 'packages', [secret]), []);
  });

  test('runs as compose.yaml has it: nobody’s user, few rights, few means, and nowhere to write', async () => {
    const container = await project.up(nowhere);
    await runs(container);
    const found = await confinementOf(container);
    assert.deepEqual(found, {
      user: '1000 1000 1000 1000',
      group: '1000 1000 1000 1000',
      rights: '0000000000000000',
      newRights: '1',
      systemCalls: '2',
      memory: 1024 ** 3,
      swap: 0,
      processes: 128,
      writable: ['/tmp'],
      temporary: 'noexec nodev nosuid size=16384k',
      first: 'docker-init',
    });
    const { state } = await stop(container);
    assert.equal(state, 'exited 0 false', 'though AWS and the camera are away');
  });

  test('starts again by itself when it has died', async () => {
    const container = await project.up(nowhere);
    await runs(container);
    await killProducer(container);
    const again = async () => (await container.inspect('{{.RestartCount}} {{.State.Running}}')) === '1 true';
    await eventually('it runs again', again);
    await eventually(
      'it says so',
      async () => (await container.logs()).split('The producer runs').length === 3,
    );
    await stop(container);
  });

  test('brings who comes before an RTSP camera into the chat with song and picture, and is healthy while it sees', {
    skip: withoutRtspServer,
  }, async (t) => {
    const { house, host, login, port, ...camera } = await openCameraHouse(t, 'p@ss/w?rd #1 $HOME "');
    await host.sendAudio(host.bot, await carolMusic(), 'annas-song.mp3', { caption: 'Anna' });
    await host.waitForMessage(says(/will play when Anna arrives/));

    const container = await project.up(
      `${await readFile(house.producerEnv!, 'utf8')}
CAMERA_URL=rtsp://127.0.0.1:${port}/door
CAMERA_USER=${login.user}
CAMERA_PASSWORD='${login.password}'
`,
    );
    await becomes('healthy', container);
    await startParty(host);
    const arrival = await nextArrival(host);
    assert.match(arrival.caption ?? '', /^Anna is here/);
    assert.deepEqual(await host.download(arrival.audio?.file_id ?? ''), await carolMusic());
    await host.waitForMessage(
      ({ photo, reply_to_message: to }) => photo !== undefined && to?.message_id === arrival.message_id,
      { timeout: 30_000 },
    );
    assert.equal(await container.inspect('{{.State.Health.Status}}'), 'healthy');
    await camera.stopCamera();
    await becomes('unhealthy', container);
    await camera.startCamera();
    await becomes('healthy', container);
    await endParty(host);

    const { state, logs } = await stop(container);
    assert.equal(state, 'exited 0 false', logs);
    assert.doesNotMatch(logs, /p@ss|p%40ss/);
  });
});
