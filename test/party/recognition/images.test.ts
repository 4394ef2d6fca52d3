import assert from 'node:assert/strict';
import { after, afterEach, before, beforeEach, describe, test } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { S3Client } from '@aws-sdk/client-s3';
import { minute, second } from '../../../party/clock.ts';
import { RecognitionError } from '../../../party/errors.ts';
import { ImagesRecognition } from '../../../party/recognition/images.ts';
import { type Pulse, Pulses } from '../../../party/recognition/pulse.ts';
import { Wishes } from '../../../party/recognition/wish.ts';
import { Storage } from '../../../party/stores/storage.ts';
import { storageKey } from '../../../party/stores/storage-key.ts';
import { openBucket } from '../../support/bucket.ts';
import { eventually } from '../../support/eventually.ts';
import { type OpenTable, openTable } from '../../support/table.ts';

describe('recognition by images', () => {
  const shortPause = () => delay(2);
  let opened: OpenTable;
  let bucket: Awaited<ReturnType<typeof openBucket>>;
  let storage: Storage;
  let wishes: Wishes;
  let pulses: Pulses;
  let recognition: ImagesRecognition;

  before(async () => {
    bucket = await openBucket();
    storage = new Storage(new S3Client(bucket.client), bucket.name);
  });
  after(() => bucket.close());

  beforeEach(async () => {
    opened = await openTable();
    wishes = new Wishes(opened.table, Date.now);
    pulses = new Pulses(opened.table);
    recognition = new ImagesRecognition({ wishes, pulses, storage }, Date.now, shortPause);
  });

  afterEach(() => opened.close());

  const beat = (change: Partial<Pulse> = {}): Pulse => ({
    at: Date.now(),
    version: '0.1.0',
    frames: 0,
    faces: 0,
    calls: 0,
    dropped: 0,
    framesPerSecond: 0,
    ...change,
  });

  /** A producer that takes up the wish as soon as it reads it. */
  async function producer(): Promise<void> {
    let wished = await wishes.read();
    while (!wished?.on) wished = await wishes.read();
    await pulses.write(beat({ serves: wished.since, framesPerSecond: 5 }));
  }

  test('a start is a wish that the producer takes up', async () => {
    await pulses.write(beat());
    await Promise.all([recognition.start(), producer()]);
    assert.equal((await recognition.status()).state, 'on');
    assert.equal((await recognition.status()).pulse?.framesPerSecond, 5);
  });

  test('a start that is repeated changes nothing', async () => {
    await pulses.write(beat());
    await Promise.all([recognition.start(), producer()]);
    const wish = await wishes.read();
    await recognition.start();
    assert.deepEqual(await wishes.read(), wish);
  });

  test('without a producer nothing starts, and the host hears what to start', async () => {
    await assert.rejects(recognition.start(), (error) => {
      assert.ok(error instanceof RecognitionError);
      assert.match(error.message, /no producer has run beside the camera yet: start it there/);
      return true;
    });
    assert.equal(await wishes.read(), undefined, 'nothing is wished that nobody would fulfil');
  });

  test('a producer that fell silent long ago is not waited for', async () => {
    await pulses.write(beat({ at: Date.now() - 5 * minute }));
    await assert.rejects(recognition.start(), /fallen silent/);
  });

  test('a producer that does not answer is given up', async () => {
    await pulses.write(beat());
    let now = Date.now();
    const hasty = new ImagesRecognition({ wishes, pulses, storage }, () => (now += 5 * second), shortPause);
    await assert.rejects(hasty.start(), /did not answer within \d+ s/);
  });

  test('the pulse of an earlier party is no answer', async () => {
    await pulses.write(beat({ serves: 1 }));
    const starting = recognition.start();
    let started = false;
    starting.then(() => (started = true));
    const wished = await (async () => {
      let wish = await wishes.read();
      while (!wish?.on) wish = await wishes.read();
      return wish;
    })();
    assert.equal((await recognition.status()).state, 'starting');
    assert.equal(started, false);
    await pulses.write(beat({ serves: wished.since }));
    await eventually('it has started', () => started);
    await starting;
  });

  test('a stop is a wish too: it stops when the producer has let go', async () => {
    await pulses.write(beat());
    await Promise.all([recognition.start(), producer()]);
    await recognition.stop();
    assert.equal((await recognition.status()).state, 'stopping');
    await pulses.write(beat());
    assert.equal((await recognition.status()).state, 'off');
    await recognition.stop();
    assert.equal((await recognition.status()).state, 'off');
  });

  test('a producer that falls silent in a party is a failure that says what to look at', async () => {
    await pulses.write(beat());
    await Promise.all([recognition.start(), producer()]);
    const wish = (await wishes.read())!;
    await pulses.write(beat({ serves: wish.since, at: Date.now() - 2 * minute }));
    const { state, message } = await recognition.status();
    assert.equal(state, 'failed');
    assert.match(message ?? '', /fallen silent: see that its computer is on/);
  });

  test('a producer whose clock is off by hours is as alive as any', async () => {
    const clockOffset = -5 * 60 * minute;
    await pulses.write(beat({ at: Date.now() + clockOffset, clockOffset }));
    await Promise.all([recognition.start(), producer()]);
    assert.equal((await recognition.status()).state, 'on');
  });

  test('what is no pulse counts as none', async () => {
    await opened.table.put({ pk: 'PULSE', sk: 'recognition', at: 'yesterday' });
    assert.equal(await pulses.read(), undefined);
    assert.equal((await recognition.status()).state, 'off');
  });

  test('the picture is the one that the producer uploads, and is waited for', async () => {
    const time = Date.now();
    const asked = recognition.picture(time);
    await storage.put(storageKey.snapshot(time), Buffer.from('a jpeg'), 'image/jpeg');
    assert.equal(Buffer.from((await asked)!).toString(), 'a jpeg');
  });

  test('a picture that never comes is none', async () => {
    let now = Date.now();
    const hasty = new ImagesRecognition({ wishes, pulses, storage }, () => (now += 5 * second), shortPause);
    assert.equal(await hasty.picture(1), undefined);
  });
});
