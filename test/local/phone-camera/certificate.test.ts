import assert from 'node:assert/strict';
import { createPrivateKey, X509Certificate } from 'node:crypto';
import { test } from 'node:test';
import { ownCertificate } from '../../../local/phone-camera/certificate.ts';

test('a certificate of this machine’s own is for its address and no other, and signed by itself', () => {
  const now = Date.parse('2026-11-28T12:00:00Z');
  const { key, cert } = ownCertificate('192.168.1.20', now);
  const read = new X509Certificate(cert);
  assert.ok(read.checkPrivateKey(createPrivateKey(key)));
  assert.ok(read.verify(read.publicKey));
  assert.equal(read.checkIP('192.168.1.20'), '192.168.1.20');
  assert.equal(read.checkIP('192.168.1.21'), undefined);
  assert.equal(read.ca, false);
  assert.equal(Date.parse(read.validFrom), now - 86_400_000);
  assert.equal(Date.parse(read.validTo), now + 397 * 86_400_000);
  assert.notEqual(
    read.serialNumber,
    new X509Certificate(ownCertificate('192.168.1.20', now).cert).serialNumber,
  );
});
