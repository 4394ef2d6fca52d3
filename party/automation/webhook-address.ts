import { BlockList, isIP } from 'node:net';
import { ConfigurationError } from '../errors.ts';

/**
 * Addresses that no router passes on to the internet (RFC 1918, 3927, 4193, 4291), and this machine's own.
 */
const network = new BlockList();
for (const [address, prefix] of [
  ['10.0.0.0', 8],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.168.0.0', 16],
] as const)
  network.addSubnet(address, prefix, 'ipv4');
for (const [address, prefix] of [
  ['::1', 128],
  ['fc00::', 7],
  ['fe80::', 10],
] as const)
  network.addSubnet(address, prefix, 'ipv6');

/**
 * Names that mean something in a network at home only: without a dot, or of a domain that is nobody's on the internet
 * (RFC 6761, 6762, 8375; `internal` by ICANN's resolution of 29 July 2024; `lan` and `fritz.box` of common routers).
 */
const homeName = /^(localhost|[a-z\d-]+|.+\.(localhost|local|lan|internal|home\.arpa|fritz\.box))$/;

/** Whether a URL's host is in the network at home, as far as it tells. */
function isAtHome(hostname: string): boolean {
  const address = hostname.replace(/^\[|\]$/g, '');
  const version = isIP(address);
  return version === 0 ? homeName.test(hostname) : network.check(address, version === 6 ? 'ipv6' : 'ipv4');
}

/** What of an address may be told: where it leads, without the secret that its path may be. */
export const hostOf = (address: string): string => new URL(address).host;

/**
 * The address to which arrivals are posted, from what `ARRIVAL_WEBHOOK` says.
 *
 * @param fromHome whether whoever posts is in the network at home, too: only then can it be there, and unencrypted
 * @throws ConfigurationError that says what to set; never with the address in it, which may be a secret
 */
export function readWebhookAddress(text: string, { fromHome }: { readonly fromHome: boolean }): string {
  if (!URL.canParse(text)) throw refused('is no address; it begins with https:// or, at home, with http://');
  const { protocol, hostname, username, password, href } = new URL(text);
  if (protocol !== 'https:' && protocol !== 'http:')
    throw refused('has to begin with https:// or, at home, with http://');
  if (username || password)
    throw refused('takes no name and password; the signature says that it is from this house');
  if (!fromHome && isAtHome(hostname))
    throw refused('is in your network at home, which AWS cannot reach; docs/automation.md has other ways');
  if (protocol === 'http:' && !isAtHome(hostname))
    throw refused('leaves your network, so it has to begin with https://');
  return href;
}

const refused = (why: string): ConfigurationError => new ConfigurationError(`ARRIVAL_WEBHOOK ${why}.`);
