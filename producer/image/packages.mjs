/**
 * Installs the producer's packages for the platform in `TARGETARCH` (as Docker names it), and copies of them into the
 * folder named only what the producer loads: no other platform's binaries, no installers, no demos. Their licence texts
 * go into `licences/` there.
 */
import { spawnSync } from 'node:child_process';
import { cpSync } from 'node:fs';
import path from 'node:path';
import { copyLicences } from './licences.mjs';

const [target] = process.argv.slice(2);
const cpus = { amd64: 'x64', arm64: 'arm64' };
const cpu = cpus[process.env.TARGETARCH];
if (cpu === undefined) {
  console.error(
    `The producer's image is for 64-bit systems: ${Object.keys(cpus).join(' or ')}, not ${process.env.TARGETARCH}. On a Raspberry Pi 3, 4 or 5 install the 64-bit Raspberry Pi OS.`,
  );
  process.exit(1);
}

const npm = spawnSync(
  'npm',
  ['ci', '--omit=dev', '--ignore-scripts', '--os=linux', '--libc=glibc', `--cpu=${cpu}`],
  { stdio: 'inherit' },
);
if (npm.status !== 0) process.exit(npm.status ?? 1);

// Of each package all, or what is named.
const loaded = {
  [`@seydx/node-av-linux-${cpu}`]: [''],
  [`@img/sharp-linux-${cpu}`]: [''],
  [`@img/sharp-libvips-linux-${cpu}`]: [''],
  '@img/colour': [''],
  'detect-libc': [''],
  semver: [''],
  sharp: [''],
  'onnxruntime-common': [''],
  'onnxruntime-node': ['package.json', 'dist', `bin/napi-v6/linux/${cpu}`],
  '@vladmandic/face-api': [
    'package.json',
    'LICENSE',
    ...['ssd_mobilenetv1', 'face_landmark_68', 'face_recognition'].flatMap((model) => [
      `model/${model}_model-weights_manifest.json`,
      `model/${model}_model.bin`,
    ]),
  ],
};
// A package that is built in another way from some version on fails here, and not at the door.
for (const [name, parts] of Object.entries(loaded)) {
  for (const part of parts) {
    const file = path.join('node_modules', name, part);
    cpSync(file, path.join(target, file), { recursive: true });
  }
  copyLicences(path.join('node_modules', name), path.join(target, 'licences'));
}
