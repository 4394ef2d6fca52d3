import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { AnswerLog } from '../../../producer/camera/answer-log.ts';

const digest = (algorithm: string) =>
  `CSeq: 2\nWWW-Authenticate: Digest realm="door, algorithm", nonce="a", algorithm=${algorithm}\n`;

function read(...logged: readonly string[]): AnswerLog {
  const log = new AnswerLog();
  for (const line of logged) log.take(line);
  return log;
}

describe('what FFmpeg logs of a camera', () => {
  for (const [status, failure] of [
    [401, 'refused'],
    [403, 'refused'],
    [404, 'missing'],
    [453, 'busy'],
    [454, 'declined'],
    [461, 'transport'],
    [500, 'declined'],
    [503, 'busy'],
  ] as const) {
    test(`says with ${status} that it is "${failure}"`, () => {
      const { refusal } = read(`method SETUP failed: ${status} (Words, method DESCRIBE failed: 404)\n`);
      assert.deepEqual(refusal, { failure, status });
    });
  }

  for (const [offers, failure] of [
    [[digest('SHA-256')], 'unknown login'],
    [[digest('"SHA-256"')], 'unknown login'],
    [['WWW-Authenticate: Bearer realm="door"'], 'unknown login'],
    [[digest('MD5')], 'refused'],
    [[digest('"MD5-sess"')], 'refused'],
    [['WWW-Authenticate: Digest realm="door", nonce="a"'], 'refused'],
    [['www-authenticate: basic realm="door"'], 'refused'],
    [[`${digest('SHA-256')}WWW-Authenticate: Basic realm="door"\n`], 'refused'],
    [[digest('SHA-256'), digest('MD5')], 'refused'],
    [[], 'refused'],
  ] as const) {
    test(`tells a login that is refused from one that is not known: ${offers.join(' ').replace(/\s+/g, ' ')}`, () => {
      assert.equal(read('method DESCRIBE failed: 401 (No)\n', ...offers).refusal?.failure, failure);
    });
  }

  test('says nothing of a refusal when there was none', () => {
    const log = read(
      'Successfully connected to 127.0.0.1 port 554\n',
      'SDP:\nv=0\n',
      'method of another kind\n',
    );
    assert.equal(log.refusal, undefined);
    assert.ok(log.isConnected && log.hasDescribed);
    assert.ok(!read().isConnected && !read().hasDescribed);
  });
});
