import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { readSettings, SettingsError } from '../../producer/settings.ts';

const complete = {
  AWS_REGION: 'eu-central-1',
  TABLE_NAME: 'table',
  BUCKET_NAME: 'bucket',
  COLLECTION_ID: 'collection',
  DATA_STREAM_NAME: 'stream',
  CAMERA_URL: 'rtsp://192.168.1.20:554/stream2',
};

const refused = (env: Record<string, string | undefined>, what: RegExp) =>
  assert.throws(
    () => readSettings(env),
    (error) => error instanceof SettingsError && what.test(error.message),
  );

describe('the producer’s settings', () => {
  test('are read from the environment', () => {
    assert.deepEqual(readSettings({ ...complete, HEALTH_FILE: '' }), {
      recognition: 'images',
      region: 'eu-central-1',
      table: 'table',
      bucket: 'bucket',
      collection: 'collection',
      dataStream: 'stream',
      camera: 'rtsp://192.168.1.20:554/stream2',
      mostSearches: 20_000,
      healthFile: undefined,
    });
    assert.equal(readSettings({ ...complete, HEALTH_FILE: '/run/health' }).healthFile, '/run/health');
  });

  test('bound what a party costs, at what the host says', () => {
    const settings = readSettings({ ...complete, SEARCHES_PER_PARTY: '500' });
    assert.equal(settings.recognition === 'images' && settings.mostSearches, 500);
    for (const wrong of ['0', 'many', '1.5', '-3'])
      refused(
        { ...complete, SEARCHES_PER_PARTY: wrong },
        /SEARCHES_PER_PARTY has to be a whole number above 0/,
      );
  });

  test('of the recognition by video are fewer: what finds faces is not needed', () => {
    const { BUCKET_NAME, COLLECTION_ID, DATA_STREAM_NAME, ...both } = complete;
    const video = { ...both, RECOGNITION: 'video', VIDEO_STREAM_NAME: 'front-door' };
    assert.deepEqual(readSettings(video), {
      recognition: 'video',
      region: 'eu-central-1',
      table: 'table',
      videoStream: 'front-door',
      camera: 'rtsp://192.168.1.20:554/stream2',
      healthFile: undefined,
    });
    assert.equal(readSettings({ ...complete, RECOGNITION: ' images ' }).recognition, 'images');
    refused({ ...video, VIDEO_STREAM_NAME: undefined }, /VIDEO_STREAM_NAME is not set: the stack's output/);
    refused({ ...complete, RECOGNITION: 'vidoe' }, /RECOGNITION is neither images nor video/);
  });

  test('take the camera’s account as it is', () => {
    const { camera } = readSettings({ ...complete, CAMERA_USER: 'door', CAMERA_PASSWORD: 'p@ss:/?#%' });
    assert.equal(camera, 'rtsp://door:p%40ss%3A%2F%3F%23%25@192.168.1.20:554/stream2');
  });

  test('name each one that is missing, and where it is to be had', () => {
    assert.throws(
      () => readSettings({}),
      ({ message }: Error) => Object.keys(complete).every((name) => message.includes(name)),
    );
    for (const name of Object.keys(complete)) {
      refused({ ...complete, [name]: undefined }, new RegExp(`${name} is not set`));
    }
    refused({ ...complete, TABLE_NAME: ' ' }, /TABLE_NAME is empty: the stack's output TableName/);
    refused({ ...complete, AWS_REGION: 'Frankfurt' }, /AWS_REGION is no Region of AWS; one is written like/);
  });

  test('say nothing of a password that is set wrongly', () => {
    assert.throws(
      () => readSettings({ ...complete, CAMERA_URL: 'rtsp://door:s3cret@:port/stream' }),
      ({ message }: Error) => !message.includes('s3cret'),
    );
  });
});
