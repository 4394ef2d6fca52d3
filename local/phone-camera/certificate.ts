import { generateKeyPairSync, randomBytes, sign } from 'node:crypto';
import { day } from '../../party/clock.ts';
import { bits, integer, objectId, octets, sequence, set, tagged, utcTime, utf8, yes } from './der.ts';

/** A key and its certificate, in PEM. */
export interface OwnCertificate {
  readonly key: string;
  readonly cert: string;
}

/** Browsers take none that is valid for longer (support.apple.com/103214); no program runs so long. */
const validFor = 397 * day;
/** Phones' clocks are not all right. */
const validBefore = day;

const ecdsaWithSha256 = sequence(objectId('1.2.840.10045.4.3.2'));
const commonName = (name: string): Buffer => sequence(set(sequence(objectId('2.5.4.3'), utf8(name))));
const extension = (id: string, value: Buffer, isCritical = false): Buffer =>
  sequence(objectId(id), ...(isCritical ? [yes] : []), octets(value));

/**
 * A certificate that this machine signs itself (RFC 5280), for a server at one of its addresses. No browser knows it, and
 * each says so once; but what comes by it is encrypted, and browsers open a camera for no page that is not.
 *
 * @param address IPv4
 * @param now milliseconds since 1970
 */
export function ownCertificate(address: string, now: number = Date.now()): OwnCertificate {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const name = commonName('Musical Joy');
  const ip = Buffer.from(address.split('.').map(Number));
  const extensions = sequence(
    // Basic constraints: it signs no others. Extended key usage: a server's. Subject alternative name: the address.
    extension('2.5.29.19', sequence(), true),
    extension('2.5.29.37', sequence(objectId('1.3.6.1.5.5.7.3.1'))),
    extension('2.5.29.17', sequence(tagged(0x87, ip))),
  );
  const signed = sequence(
    tagged(0xa0, integer(Buffer.of(2))), // version 3
    integer(Buffer.concat([Buffer.of(0x40), randomBytes(15)])),
    ecdsaWithSha256,
    name,
    sequence(utcTime(now - validBefore), utcTime(now + validFor)),
    name,
    publicKey.export({ type: 'spki', format: 'der' }),
    tagged(0xa3, extensions),
  );
  const certificate = sequence(signed, ecdsaWithSha256, bits(sign('sha256', signed, privateKey)));
  return {
    key: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    cert: pem(certificate),
  };
}

const pem = (der: Buffer): string =>
  `-----BEGIN CERTIFICATE-----\n${der.toString('base64').replace(/.{64}/g, '$&\n')}\n-----END CERTIFICATE-----\n`;
