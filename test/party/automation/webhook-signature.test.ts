import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { describe, test } from 'node:test';
import { newWebhookKey, signatureHeaders } from '../../../party/automation/webhook-signature.ts';

describe('a signature', () => {
  test('is that of Standard Webhooks, by the example of its libraries', () => {
    const headers = signatureHeaders(
      'msg_p5jXN8AQM9LWM0D4loKWxJek',
      '{"test": 2432232314}',
      'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw',
      1_614_265_330_999,
    );
    assert.deepEqual(headers, {
      'webhook-id': 'msg_p5jXN8AQM9LWM0D4loKWxJek',
      'webhook-timestamp': '1614265330',
      'webhook-signature': 'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=',
    });
  });

  test('is made with all bytes of a new key', () => {
    const key = newWebhookKey();
    assert.match(key, /^whsec_[A-Za-z\d+/]{43}=$/);
    const bytes = Buffer.from(key.slice('whsec_'.length), 'base64');
    const expected = createHmac('sha256', bytes).update('id.1.{}').digest('base64');
    assert.equal(signatureHeaders('id', '{}', key, 1_000)['webhook-signature'], `v1,${expected}`);
  });
});
