import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { CameraState } from '../../../local/camera/state.ts';
import { noteInterruptions } from '../../../local/deployment/interruptions.ts';
import type { InterruptionCause } from '../../../party/parties/interruptions.ts';
import { keptLog } from '../../support/log.ts';

test('a camera that is off when a party begins is noted, though it does not change', async (t) => {
  t.mock.timers.enable({ apis: ['setInterval'] });
  const noted: InterruptionCause[] = [];
  const parties = { interrupted: async (cause: InterruptionCause) => void noted.push(cause) };
  const camera = { state: { status: 'off' } as CameraState, watch: () => () => {} };
  const stop = await noteInterruptions({ parties, log: keptLog() } as never, camera, 1);
  t.mock.timers.tick(20_000);
  stop();
  t.mock.timers.tick(60_000);
  assert.deepEqual(noted, ['not running', 'camera off']);
});

test('a start notes that the program was not running; then each change of the camera that ends its pictures is noted once', async () => {
  const noted: InterruptionCause[] = [];
  const parties = { interrupted: async (cause: InterruptionCause) => void noted.push(cause) };
  let tell: (state: CameraState) => void = () => {};
  const camera = {
    state: { status: 'live' } as CameraState,
    watch(listener: typeof tell) {
      tell = listener;
      return () => {
        tell = () => {};
      };
    },
  };
  const stop = await noteInterruptions({ parties, log: keptLog() } as never, camera, 1);
  assert.deepEqual(noted, ['not running']);
  for (const status of ['live', 'lost', 'lost', 'live', 'ended', 'connecting', 'off'] as const)
    tell({ status } as CameraState);
  stop();
  tell({ status: 'lost' } as CameraState);
  assert.deepEqual(noted, ['not running', 'camera lost', 'video ended', 'camera off']);
});
