import { randomUUID } from 'node:crypto';
import { createSocket } from 'node:dgram';
import { networkInterfaces } from 'node:os';
import { setTimeout as delay } from 'node:timers/promises';

/** A camera that has answered. */
export interface DiscoveredCamera {
  /** Its number in the network. */
  readonly host: string;
  /** What it calls itself, with its model if it says so; empty when it says nothing. */
  readonly name: string;
  /** Where its ONVIF service is. */
  readonly service: string;
}

/** Where everybody who can be discovered listens (WS-Discovery 1.0, 2.4). */
const group = { address: '239.255.255.250', port: 3702 };

/** A datagram may be lost: it is asked so often, so far apart. Milliseconds. */
const [tries, apart] = [2, 300];

/**
 * Asks the networks of this machine for cameras (ONVIF Core Specification, 7.3: WS-Discovery with the type
 * `NetworkVideoTransmitter`). Written here and not taken from the package `onvif`: of that, with its XML parser, only
 * this and one address would be of use.
 *
 * @param patience how long answers are waited for, milliseconds
 */
export async function discoverCameras(patience: number): Promise<DiscoveredCamera[]> {
  const found = new Map<string, DiscoveredCamera>();
  const addresses = Object.values(networkInterfaces()).flatMap((all = []) =>
    all.filter(({ family, internal }) => family === 'IPv4' && !internal).map(({ address }) => address),
  );
  await Promise.all(
    addresses.map((address) =>
      askFrom(address, patience, (answer, host) => {
        for (const camera of probeMatches(answer, host)) found.set(camera.host, camera);
      }),
    ),
  );
  return [...found.values()].sort((a, b) => a.host.localeCompare(b.host, 'en', { numeric: true }));
}

async function askFrom(
  address: string,
  patience: number,
  onAnswer: (answer: string, host: string) => void,
): Promise<void> {
  const socket = createSocket('udp4');
  socket.on('message', (message, { address: host }) => onAnswer(message.toString(), host));
  // A network that is just going away answers nothing.
  socket.on('error', () => {});
  try {
    await new Promise<void>((resolve, reject) => {
      socket.once('error', reject);
      socket.bind(0, address, resolve);
    });
    socket.setMulticastInterface(address);
    for (let count = 0; count < tries; count++) {
      socket.send(probe(), group.port, group.address);
      await delay(apart);
    }
    await delay(patience);
  } catch {
    // Other networks may have cameras.
  } finally {
    socket.close();
  }
}

const probe = (): string =>
  '<?xml version="1.0" encoding="UTF-8"?>' +
  '<s:Envelope xmlns:s="http://www.w3.org/2003/05/soap-envelope" xmlns:a="http://schemas.xmlsoap.org/ws/2004/08/addressing">' +
  `<s:Header><a:MessageID>urn:uuid:${randomUUID()}</a:MessageID>` +
  '<a:To>urn:schemas-xmlsoap-org:ws:2005:04:discovery</a:To>' +
  '<a:Action>http://schemas.xmlsoap.org/ws/2005/04/discovery/Probe</a:Action></s:Header>' +
  '<s:Body><d:Probe xmlns:d="http://schemas.xmlsoap.org/ws/2005/04/discovery">' +
  '<d:Types xmlns:n="http://www.onvif.org/ver10/network/wsdl">n:NetworkVideoTransmitter</d:Types>' +
  '</d:Probe></s:Body></s:Envelope>';

/**
 * The cameras in an answer. One that names a service on another machine than the one that it comes from is passed over:
 * nobody is sent elsewhere with a password.
 */
export function probeMatches(answer: string, host: string): DiscoveredCamera[] {
  const isThere = (service: string) => URL.canParse(service) && new URL(service).hostname === host;
  return [...answer.matchAll(/<(?:\w+:)?ProbeMatch>(.*?)<\/(?:\w+:)?ProbeMatch>/gs)].flatMap(([, match]) => {
    const services = (/<(?:\w+:)?XAddrs>([^<]*)</.exec(match!)?.[1] ?? '').split(/\s+/);
    const service = services.find((one) => /^https?:/.test(one) && isThere(one));
    const scopes = /<(?:\w+:)?Scopes[^>]*>([^<]*)</.exec(match!)?.[1] ?? '';
    const scope = (kind: string) =>
      new RegExp(`onvif://www\\.onvif\\.org/${kind}/(\\S+)`, 'i').exec(scopes)?.[1];
    const names = new Set([scope('name'), scope('hardware')].map(plain).filter((name) => name !== ''));
    return service === undefined ? [] : [{ host, name: [...names].join(' '), service }];
  });
}

/** As it may stand on a terminal. */
function plain(text = ''): string {
  let decoded = text;
  try {
    decoded = decodeURIComponent(text);
  } catch {
    // It was not encoded.
  }
  return decoded.replaceAll(/[^\p{L}\p{N} ._()-]/gu, '').trim();
}
