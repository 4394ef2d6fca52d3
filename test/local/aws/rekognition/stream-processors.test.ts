import assert from 'node:assert/strict';
import { afterEach, before, beforeEach, describe, test } from 'node:test';
import { CreateStreamCommand } from '@aws-sdk/client-kinesis-video';
import * as rekognition from '@aws-sdk/client-rekognition';
import type { Media } from '../../../../local/aws/media.ts';
import { parseRecord } from '../../../../party/record/record.ts';
import type { Frame } from '../../../../producer/camera/frame.ts';
import { Latest } from '../../../../producer/camera/latest.ts';
import { readJpeg } from '../../../../vision/picture.ts';
import type { Recognizer } from '../../../../vision/recognizer.ts';
import { RecognizerError } from '../../../../vision/recognizer-error.ts';
import { eventually } from '../../../support/eventually.ts';
import { nobody, portrait } from '../../../support/portraits.ts';
import { sharedRecognizer } from '../../../support/recognizer.ts';
import { dataStreamArn, openWorld, type World } from './world.ts';

/** A camera whose frames the test gives. */
class TestCamera implements Media {
  readonly #frames = new Latest<Frame>();
  watchers = 0;
  trouble: string | undefined;

  show(frame: Frame): void {
    this.#frames.offer(frame);
  }

  async *frames(signal: AbortSignal) {
    this.watchers += 1;
    signal.addEventListener('abort', () => this.#frames.end(), { once: true });
    yield* this.#frames;
    this.watchers -= 1;
  }

  async pictures() {
    return [];
  }
}

describe('stream processors', () => {
  let recognizer: Recognizer;
  let anna: Buffer;
  let annaAgain: Frame;
  let emptyDoor: Frame;
  let camera: TestCamera;
  let world: World;
  let streamArn: string;

  before(async () => {
    recognizer = await sharedRecognizer();
    anna = await portrait('anna');
    annaAgain = {
      time: Date.UTC(2026, 10, 23, 19, 0, 0, 123),
      picture: await readJpeg(await portrait('annaAgain')),
    };
    emptyDoor = { time: annaAgain.time - 1000, picture: await readJpeg(await nobody()) };
  });

  beforeEach(async () => {
    camera = new TestCamera();
    world = await openWorld({ recognizer, media: (name) => (name === 'door' ? camera : undefined) });
    await world.client.send(new rekognition.CreateCollectionCommand({ CollectionId: 'guests' }));
    const { StreamARN } = await world.video.send(new CreateStreamCommand({ StreamName: 'door' }));
    streamArn = StreamARN ?? '';
  });

  afterEach(() => world.close());

  const create = (Name: string, more: Partial<rekognition.CreateStreamProcessorRequest> = {}) =>
    world.client.send(
      new rekognition.CreateStreamProcessorCommand({
        Name,
        Input: { KinesisVideoStream: { Arn: streamArn } },
        Output: { KinesisDataStream: { Arn: dataStreamArn } },
        Settings: { FaceSearch: { CollectionId: 'guests', FaceMatchThreshold: 50 } },
        RoleArn: 'arn:aws:iam::000000000000:role/door',
        ...more,
      }),
    );
  const start = (Name: string) => world.client.send(new rekognition.StartStreamProcessorCommand({ Name }));
  const stop = (Name: string) => world.client.send(new rekognition.StopStreamProcessorCommand({ Name }));
  const remove = (Name: string) => world.client.send(new rekognition.DeleteStreamProcessorCommand({ Name }));
  const look = (Name: string, { client } = world) =>
    client.send(new rekognition.DescribeStreamProcessorCommand({ Name }));
  const becomes = async (Name: string, status: rekognition.StreamProcessorStatus, in_ = world) => {
    let processor = await look(Name, in_);
    await eventually(`${Name} is ${status}`, async () => {
      processor = await look(Name, in_);
      return processor.Status === status;
    });
    return processor;
  };

  test('one is created stopped, described, listed and deleted', async () => {
    const { StreamProcessorArn } = await create('door');
    assert.match(StreamProcessorArn ?? '', /^arn:aws:rekognition:[a-z0-9-]+:\d{12}:streamprocessor\/door$/);
    const description = await look('door');
    assert.equal(description.Status, 'STOPPED');
    assert.equal(description.Input?.KinesisVideoStream?.Arn, streamArn);
    assert.equal(
      description.Settings?.FaceSearch?.FaceMatchThreshold,
      80,
      'anything under 80 is raised to 80',
    );
    const { StreamProcessors } = await world.client.send(new rekognition.ListStreamProcessorsCommand({}));
    assert.deepEqual(StreamProcessors, [{ Name: 'door', Status: 'STOPPED' }]);
    await remove('door');
    await assert.rejects(look('door'), rekognition.ResourceNotFoundException);
  });

  test('a running one says what is wrong with its camera, for as long as that lasts', async () => {
    await create('door');
    camera.trouble = 'The camera refuses the password.';
    assert.equal((await look('door')).StatusMessage, undefined, 'it does not run');
    await start('door');
    assert.equal((await becomes('door', 'RUNNING')).StatusMessage, 'The camera refuses the password.');
    camera.trouble = undefined;
    assert.equal((await look('door')).StatusMessage, undefined);
  });

  test('a running one writes one face-search record for each frame', async () => {
    const index = new rekognition.IndexFacesCommand({
      CollectionId: 'guests',
      Image: { Bytes: anna },
      ExternalImageId: 'anna',
    });
    const { FaceRecords } = await world.client.send(index);
    await create('door');
    const { SessionId } = await start('door');
    assert.ok(SessionId);
    await becomes('door', 'RUNNING');
    camera.show(emptyDoor);
    await eventually('there is a record', () => world.records.length === 1);
    camera.show(annaAgain);
    await eventually('there are two records', () => world.records.length === 2);

    const [empty, seen] = world.records.map(({ record }) => record);
    assert.deepEqual(empty?.FaceSearchResponse, []);
    const video = seen?.InputInformation.KinesisVideo;
    assert.equal(video?.StreamArn, streamArn);
    assert.equal((video?.ProducerTimestamp ?? 0) + (video?.FrameOffsetInSeconds ?? 0), annaAgain.time / 1000);
    const match = seen?.FaceSearchResponse[0]?.MatchedFaces?.[0];
    assert.deepEqual(match?.Face, JSON.parse(JSON.stringify(FaceRecords?.[0]?.Face)));
    const parsed = parseRecord(Buffer.from(JSON.stringify(seen)));
    assert.equal(parsed.faces[0]?.matches[0]?.externalImageId, 'anna');
    const keys = world.records.map(({ partitionKey }) => partitionKey);
    assert.equal(new Set(keys).size, 2, 'each record has a partition key of its own');
  });

  test('a stopped one lets the camera go and writes no more', async () => {
    await create('door');
    await start('door');
    await becomes('door', 'RUNNING');
    camera.show(emptyDoor);
    await eventually('there is a record', () => world.records.length === 1);
    await stop('door');
    await becomes('door', 'STOPPED');
    assert.equal(camera.watchers, 0);
    camera.show(emptyDoor);
    assert.equal(world.records.length, 1);
  });

  test('one is started from rest, stopped from work and deleted from rest only', async () => {
    await create('door');
    await assert.rejects(stop('door'), rekognition.ResourceInUseException);
    await start('door');
    await assert.rejects(start('door'), rekognition.ResourceInUseException);
    await assert.rejects(remove('door'), rekognition.ResourceInUseException);
    await stop('door');
    await becomes('door', 'STOPPED');
    await remove('door');
    for (const operation of [start, stop, remove]) {
      await assert.rejects(operation('door'), rekognition.ResourceNotFoundException);
    }
  });

  test('a name, a video stream and a data stream belong to one processor', async () => {
    await create('door');
    const otherVideo = { Input: { KinesisVideoStream: { Arn: streamArn.replace('/door/', '/garden/') } } };
    const otherData = { Output: { KinesisDataStream: { Arn: `${dataStreamArn}-2` } } };
    await assert.rejects(create('door', { ...otherVideo, ...otherData }), rekognition.ResourceInUseException);
    await assert.rejects(
      create('garden', otherData),
      /The video stream belongs to the stream processor door/,
    );
    await assert.rejects(
      create('garden', otherVideo),
      /The data stream belongs to the stream processor door/,
    );
    await create('garden', { ...otherVideo, ...otherData });
  });

  test('a request without face search, with label detection or with a wrong ARN is refused', async () => {
    const labels = { Settings: { ConnectedHome: { Labels: ['PERSON'] } } };
    const wrongArn = { Input: { KinesisVideoStream: { Arn: dataStreamArn } } };
    for (const wrong of [{ Settings: {} }, labels, { Output: {} }]) {
      await assert.rejects(create('door', wrong), rekognition.InvalidParameterException);
    }
    await assert.rejects(create('door', wrongArn), /'input\.kinesisVideoStream\.arn'/);
    await assert.rejects(create('front door'), { name: 'ValidationException' });
    await assert.rejects(create('door', { RoleArn: 'nobody' }), /'roleArn'/);
  });

  test('one whose collection, video stream or data stream is missing fails and says which', async () => {
    await create('a', { Settings: { FaceSearch: { CollectionId: 'nowhere' } } });
    await start('a');
    assert.match((await becomes('a', 'FAILED')).StatusMessage ?? '', /collection nowhere does not exist/);
    await remove('a');

    await create('b', { Input: { KinesisVideoStream: { Arn: streamArn.replace('/door/', '/garden/') } } });
    await start('b');
    assert.match(
      (await becomes('b', 'FAILED')).StatusMessage ?? '',
      /video stream .*garden.* does not exist/,
    );
    await remove('b');

    world.hasDataStream = false;
    await create('c');
    await start('c');
    assert.match(
      (await becomes('c', 'FAILED')).StatusMessage ?? '',
      /data stream .*sightings does not exist/,
    );

    world.hasDataStream = true;
    await start('c');
    assert.equal((await becomes('c', 'RUNNING')).StatusMessage, undefined, 'it can be started again');
  });

  test('one whose collection is deleted while it runs fails at the next frame', async () => {
    await create('door');
    await start('door');
    await becomes('door', 'RUNNING');
    await world.client.send(new rekognition.DeleteCollectionCommand({ CollectionId: 'guests' }));
    camera.show(emptyDoor);
    await becomes('door', 'FAILED');
  });

  test('one goes on after the program was killed', async () => {
    await create('door');
    await start('door');
    await becomes('door', 'RUNNING');
    // Nothing of the first program is ended or told to save: what lies on disk is what a kill would leave.
    const nextCamera = new TestCamera();
    const next = await openWorld({ recognizer, folder: world.folder, media: () => nextCamera });
    try {
      await becomes('door', 'RUNNING', next);
      nextCamera.show(emptyDoor);
      await eventually('there is a record', () => next.records.length === 1);
    } finally {
      await next.close();
    }
  });

  test('one that was stopped stays so after a restart', async () => {
    await create('door');
    await start('door');
    await stop('door');
    await becomes('door', 'STOPPED');
    await world.close();
    const next = await openWorld({ recognizer, folder: world.folder });
    assert.equal((await look('door', next)).Status, 'STOPPED');
    await next.close();
  });

  test('a frame that the engine cannot look at is left out, and the next one is written', async () => {
    let failures = 1;
    const flawed: Recognizer = {
      find: (...asked) => {
        if (failures-- > 0) return Promise.reject(new RecognizerError('died'));
        return recognizer.find(...asked);
      },
      close: async () => {},
    };
    await create('door');
    const again = await openWorld({ recognizer: flawed, folder: world.folder, media: () => camera });
    try {
      await again.client.send(new rekognition.StartStreamProcessorCommand({ Name: 'door' }));
      await becomes('door', 'RUNNING', again);
      camera.show(emptyDoor);
      await eventually('the frame is left out', () =>
        again.log.some((line) => line.includes('left out: died')),
      );
      camera.show(annaAgain);
      await eventually('the next is written', () => again.records.length === 1);
    } finally {
      await again.close();
    }
  });

  test('while one frame is nearly looked at, the engine begins with the newest; the records are in order', async () => {
    const [first, second, third] = [1, 2, 3].map((second) => ({
      time: annaAgain.time + 1000 * second,
      picture: { ...emptyDoor.picture },
    })) as [Frame, Frame, Frame];
    const asked: unknown[] = [];
    let nearlyDone: (() => void) | undefined;
    let finish = () => {};
    const slow: Recognizer = {
      prepare: (picture) => asked.push(picture),
      find: (picture, _mode, _look, called) => {
        asked.push(picture);
        nearlyDone = called;
        return new Promise((resolve) => {
          finish = () => resolve([]);
        });
      },
      close: async () => {},
    };
    await create('door');
    const again = await openWorld({ recognizer: slow, folder: world.folder, media: () => camera });
    try {
      await again.client.send(new rekognition.StartStreamProcessorCommand({ Name: 'door' }));
      await becomes('door', 'RUNNING', again);
      camera.show(first);
      await eventually('the first is looked at', () => asked.length === 2);
      camera.show(second);
      camera.show(third);
      nearlyDone!();
      await eventually('it begins with another', () => asked.length === 3);
      finish();
      await eventually('that one is looked at', () => asked.length === 4);
      finish();
      await eventually('both are written', () => again.records.length === 2);
      assert.deepEqual(
        asked.map((picture) => [first, second, third].findIndex((frame) => frame.picture === picture) + 1),
        [1, 1, 3, 3],
      );
      assert.deepEqual(
        again.records.map(({ record }) => record.InputInformation.KinesisVideo.ProducerTimestamp * 1000),
        [first.time, third.time],
      );
    } finally {
      await again.close();
    }
  });

  test('one whose stream has no camera runs and waits', async () => {
    const { StreamARN } = await world.video.send(new CreateStreamCommand({ StreamName: 'garden' }));
    await create('garden', { Input: { KinesisVideoStream: { Arn: StreamARN } } });
    await start('garden');
    await becomes('garden', 'RUNNING');
    await stop('garden');
    await becomes('garden', 'STOPPED');
  });
});
