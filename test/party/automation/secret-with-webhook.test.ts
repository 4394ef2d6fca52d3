import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { secretWithWebhook } from '../../../party/automation/secret-with-webhook.ts';
import type { BotSecret } from '../../../party/stores/secret.ts';

const secret: BotSecret = {
  token: '123456789:AA-tests-only-abcdefghijklm',
  webhookSecret: 'w'.repeat(32),
  claimCode: 'c'.repeat(16),
};

describe('the secret of a house that posts arrivals', () => {
  const posting = secretWithWebhook(secret, 'https://example.com/a');

  test('has the address and a key, and all that it had', () => {
    const { arrivalWebhook, arrivalWebhookKey, ...rest } = posting;
    assert.equal(arrivalWebhook, 'https://example.com/a');
    assert.match(arrivalWebhookKey ?? '', /^whsec_/);
    assert.deepEqual(rest, secret);
  });

  test('keeps its key with another address, and while there is none', () => {
    const key = posting.arrivalWebhookKey;
    const none = secretWithWebhook(posting, undefined);
    assert.deepEqual(none, { ...secret, arrivalWebhookKey: key });
    assert.equal(secretWithWebhook(none, 'https://example.com/b').arrivalWebhookKey, key);
  });

  test('has no key before there was an address', () => {
    assert.deepEqual(secretWithWebhook(secret, undefined), secret);
  });
});
