import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { hostOf, readWebhookAddress } from '../../../party/automation/webhook-address.ts';
import { ConfigurationError } from '../../../party/errors.ts';

describe('the address that arrivals are posted to', () => {
  for (const address of [
    'https://example.com/hook',
    'https://example.com:8443/hook?id=1',
    'https://192.168.1.20/hook',
    'http://192.168.1.20:8123/api/webhook/abc',
    'http://10.0.0.7/',
    'http://172.31.255.1/',
    'http://169.254.3.4/',
    'http://127.0.0.1:8123/',
    'http://[::1]:8123/',
    'http://[fd12:3456::1]/',
    'http://[fe80::1]/',
    'http://localhost:1880/arrival',
    'http://homeassistant:8123/',
    'http://homeassistant.local:8123/',
    'http://node-red.home.arpa/',
    'http://nas.fritz.box/',
  ])
    test(`may be ${address} at home`, () => {
      assert.equal(readWebhookAddress(address, { fromHome: true }), address);
    });

  for (const [address, why] of [
    ['homeassistant.local:8123', /begin with https/],
    ['nonsense', /is no address/],
    ['ftp://192.168.1.20/', /begin with https/],
    ['file:///etc/passwd', /begin with https/],
    ['http://example.com/hook', /leaves your network, so it has to begin with https/],
    ['http://8.8.8.8/', /leaves your network/],
    ['http://172.32.0.1/', /leaves your network/],
    ['http://[2001:db8::1]/', /leaves your network/],
    ['http://localhost.example.com/', /leaves your network/],
    ['http://192.168.1.20.example.com/', /leaves your network/],
    // Written as one number it is 8.8.8.8.
    ['http://134744072/', /leaves your network/],
    ['https://joy:pa55word@example.com/', /takes no name and password/],
  ] as const)
    test(`is never ${address}, and the answer does not repeat it`, () => {
      assert.throws(
        () => readWebhookAddress(address, { fromHome: true }),
        (error: Error) =>
          error instanceof ConfigurationError &&
          /^ARRIVAL_WEBHOOK /.test(error.message) &&
          why.test(error.message) &&
          !error.message.includes(address) &&
          !error.message.includes('pa55word'),
      );
    });

  for (const address of ['http://192.168.1.20:8123/', 'https://homeassistant.local/', 'http://localhost/'])
    test(`is not ${address} on AWS, which has no way there`, () => {
      assert.throws(() => readWebhookAddress(address, { fromHome: false }), /AWS cannot reach/);
    });

  test('is told of by its host alone', () => {
    assert.equal(hostOf('http://192.168.1.20:8123/api/webhook/abc?d=1'), '192.168.1.20:8123');
  });
});
