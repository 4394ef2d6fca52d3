import type { DiscoveredCamera } from './onvif-discovery.ts';

/** A camera that was found, with the addresses that it says; none if it wants a login first. */
export type FoundCamera = DiscoveredCamera & { readonly addresses: readonly string[] };

/** What `npm run camera -- --find` says. */
export const findText = {
  looking: 'Looking for cameras in this network …',

  none: `No camera answers. That need not mean that there is none:
  - Many answer only when ONVIF is switched on in their settings (Reolink: Settings > Network > Advanced > Port Settings;
    Hikvision: Configuration > Network > Advanced Settings > Integration Protocol; a Tapo with its Camera Account).
  - It has to be in the same network as this computer: no guest network, and no VPN in between.
  - Its number is also in its app, and in your router's list of devices. docs/camera.md has the rest of the address.`,

  found: (cameras: readonly FoundCamera[]): string => [...cameras.map(oneCamera), next].join('\n\n'),
} as const;

function oneCamera({ host, name, addresses }: FoundCamera): string {
  const title = `${name || 'A camera'} at ${host}`;
  const lines = addresses.length > 0 ? addresses : [closed];
  return [title, ...lines.map((line) => `  ${line}`)].join('\n');
}

const closed =
  'It wants a login before it says its address. Set CAMERA_USER and CAMERA_PASSWORD in .env and find again, or look for its maker in docs/camera.md.';

const next =
  'Write one into .env as CAMERA_URL, with CAMERA_USER and CAMERA_PASSWORD; then try it: npm run camera';
