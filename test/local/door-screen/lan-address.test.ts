import assert from 'node:assert/strict';
import type { NetworkInterfaceInfo } from 'node:os';
import { describe, test } from 'node:test';
import { lanAddress, NoNetworkError } from '../../../local/door-screen/lan-address.ts';

const at = (address: string, internal = false): NetworkInterfaceInfo =>
  ({ address, family: address.includes(':') ? 'IPv6' : 'IPv4', internal }) as NetworkInterfaceInfo;

describe('the address in the network', () => {
  test('is that of a real interface, of a network at home', () => {
    const address = lanAddress({
      lo: [at('127.0.0.1', true)],
      docker0: [at('172.17.0.1')],
      wwan0: [at('100.64.3.4')],
      wlan0: [at('fe80::1'), at('192.168.1.20')],
      tailscale0: [at('100.101.102.103')],
    });
    assert.equal(address, '192.168.1.20');
  });

  test('is a virtual one where there is no other', () => {
    assert.equal(lanAddress({ lo: [at('127.0.0.1', true)], 'br-1': [at('172.18.0.1')] }), '172.18.0.1');
  });

  test('is missed in words where there is none', () => {
    assert.throws(() => lanAddress({ lo: [at('127.0.0.1', true)], eth0: [at('fe80::1')] }), NoNetworkError);
  });
});
