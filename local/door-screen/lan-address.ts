import { type NetworkInterfaceInfo, networkInterfaces } from 'node:os';

/** This machine is in no network. */
export class NoNetworkError extends Error {
  override readonly name = 'NoNetworkError';

  constructor() {
    super(
      'This computer is in no network, so --lan has nothing to open. Connect it, or start without --lan.',
    );
  }
}

/** Networks of containers, virtual machines and tunnels: no tablet is in them. */
const virtual = /^(docker|br-|veth|virbr|vmnet|vboxnet|vEthernet|tun|tap|utun|wg|tailscale|zt)/i;

/** Addresses of networks at home (RFC 1918). */
const isPrivate = (address: string): boolean => /^(10|192\.168|172\.(1[6-9]|2\d|3[01]))\./.test(address);

/**
 * The IPv4 address by which a tablet in the same network reaches this machine: of a real interface before a virtual one,
 * and of a network at home before any other.
 *
 * @throws NoNetworkError
 */
export function lanAddress(
  interfaces: Readonly<Record<string, readonly NetworkInterfaceInfo[] | undefined>> = networkInterfaces(),
): string {
  const found = Object.entries(interfaces).flatMap(([name, addresses = []]) =>
    addresses
      .filter(({ family, internal }) => family === 'IPv4' && !internal)
      .map(({ address }) => ({ address, rank: (virtual.test(name) ? 2 : 0) + (isPrivate(address) ? 0 : 1) })),
  );
  const [best] = found.sort((a, b) => a.rank - b.rank);
  if (!best) throw new NoNetworkError();
  return best.address;
}
