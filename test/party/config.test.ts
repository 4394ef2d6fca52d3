import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readConfig } from '../../party/config.ts';
import { ConfigurationError } from '../../party/errors.ts';

const everywhere = {
  TABLE_NAME: 'table',
  BUCKET_NAME: 'bucket',
  COLLECTION_ID: 'guests',
  TOPIC_ARN: 'arn:aws:sns:eu-west-1:111122223333:arrivals',
  BOT_SECRET_ID: 'bot',
  PICTURES_FUNCTION: 'pictures',
};
const video = {
  ...everywhere,
  RECOGNITION: 'video',
  DATA_STREAM_NAME: 'records',
  VIDEO_STREAM_NAME: 'door',
  STREAM_PROCESSOR_ROLE_ARN: 'arn:aws:iam::111122223333:role/rekognition',
};

test('each recognition asks for what it needs and no more', () => {
  assert.equal(readConfig(video).RECOGNITION, 'video');
  assert.equal(readConfig({ ...everywhere, RECOGNITION: 'images' }).RECOGNITION, 'images');
  assert.equal(readConfig({ ...everywhere, RECOGNITION: 'asleep' }).RECOGNITION, 'asleep');
});

for (const [name, env, words] of [
  ['nothing at all', {}, ['RECOGNITION']],
  ['a recognition that there is not', { ...everywhere, RECOGNITION: 'radar' }, ['RECOGNITION']],
  [
    'video without its streams',
    { ...everywhere, RECOGNITION: 'video' },
    ['DATA_STREAM_NAME', 'VIDEO_STREAM_NAME'],
  ],
  ['an empty name', { ...video, TABLE_NAME: '' }, ['TABLE_NAME']],
  ['a time zone that there is not', { ...video, PARTY_TZ: 'Mars/Olympus' }, ['PARTY_TZ: is no time zone']],
] as const) {
  test(`${name}: the error names what to set`, () => {
    assert.throws(
      () => readConfig(env),
      (error) => {
        assert.ok(error instanceof ConfigurationError);
        for (const word of words) assert.ok(error.message.includes(word), error.message);
        return true;
      },
    );
  });
}
