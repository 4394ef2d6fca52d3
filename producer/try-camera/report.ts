import type { CameraFailure } from '../camera/camera-error.ts';
import type { Finding } from './finding.ts';
import { makers, menusDiffer, places, type Setting } from './makers.text.ts';

const marks = { right: '✓', wrong: '✗', note: '·' } as const;

const settingOfFailure: Partial<Record<CameraFailure, readonly Setting[]>> = {
  refused: ['account', 'rtsp'],
  'unknown login': ['account', 'rtsp'],
  busy: ['stream'],
  transport: ['rtsp'],
  declined: ['rtsp', 'stream'],
  unreachable: ['rtsp'],
  missing: ['stream'],
  'no video': ['stream'],
  unreadable: ['codec'],
  silent: ['codec', 'keyFrames'],
  crashed: ['codec'],
};

/** The findings for the terminal, and where the settings are that they advise on. */
export function report(found: readonly Finding[]): string {
  const lines = found.flatMap(({ verdict, what, advice }) => [
    `${marks[verdict]} ${what}`,
    ...(advice ? [`    ${advice}`] : []),
  ]);
  const settings = found.flatMap(({ setting }) => setting ?? []);
  return [...lines, ...whereToSet(settings)].join('\n');
}

/** Where to look on the camera when it could not be opened at all. */
export function afterFailure(failure: CameraFailure): string {
  return whereToSet(settingOfFailure[failure] ?? []).join('\n');
}

/** Whether nothing has to be changed. */
export const isRight = (found: readonly Finding[]): boolean =>
  found.every(({ verdict }) => verdict !== 'wrong');

const titles: Record<Setting, string> = {
  account: 'Account for RTSP',
  rtsp: 'RTSP',
  stream: 'Stream and size',
  codec: 'Coding',
  frameRate: 'Frames a second',
  keyFrames: 'Key frames',
  light: 'Light',
  night: 'Night',
  clock: 'Clock',
};

function whereToSet(settings: readonly Setting[]): string[] {
  if (settings.length === 0) return [];
  const lines = [...new Set(settings)].flatMap((setting) => [
    `  ${titles[setting]}`,
    ...makers.map((maker) => `    ${maker}: ${places[setting][maker]}`),
  ]);
  return ['', menusDiffer, ...lines];
}
