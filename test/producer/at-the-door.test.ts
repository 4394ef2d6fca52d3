import assert from 'node:assert/strict';
import { before, describe, test } from 'node:test';
import { frameTime } from '../../party/record/frame-time.ts';
import { storageKey } from '../../party/stores/storage-key.ts';
import { doorClip } from '../support/door-clip.ts';
import { eventually } from '../support/eventually.ts';
import { openProducerWorld } from '../support/producer-world.ts';
import { startRtspServer, withoutRtspServer } from '../support/rtsp-server.ts';

const patience = 90_000;

const isMissed = (problem = '') => /^(The|What the) camera (stopped|does not answer|sends)/.test(problem);

describe('the producer before an RTSP camera', { skip: withoutRtspServer, concurrency: 3 }, () => {
  let clip: string;

  before(async () => {
    clip = await doorClip({ seconds: 120, framesPerSecond: 4 });
  });

  test('names who is known, uploads the frame under the record’s own time, and says so in its pulse', async (t) => {
    const camera = await startRtspServer(clip);
    t.after(() => camera.stop());
    const world = await openProducerWorld(t, camera.address);
    await world.wish(true);
    const named = () =>
      world.records.find(({ faces }) =>
        faces.some(({ matches }) => matches.some(({ faceId }) => faceId === world.anna)),
      );
    await eventually('Anna is named', () => named() !== undefined, patience);
    const proofs = () => world.records.filter(({ faces }) => faces.length === 0).length;
    const before = proofs();
    await eventually('the door is said to be watched', () => proofs() >= before + 3, patience);
    const times = world.records.map((record) => frameTime(record).time);
    assert.equal(new Set(times).size, times.length, 'no two frames have one time');

    const { calls } = world.report()!;
    const made = world.line.asked.filter((call) => call === 'SearchFacesByImage').length;
    assert.ok(calls > 0 && calls <= made, `${calls} counted, ${made} made`);
    const { time, clock } = frameTime(named()!);
    assert.equal(clock, 'producer');
    const key = storageKey.snapshot(time);
    await eventually(
      'the frame is on its way',
      () => world.line.asked.includes(`PUT /musical-joy/${key}`),
      patience,
    );
    await world.wish(false);
    await eventually('all is sent, and it only waits', () => world.report() === undefined, patience);
    const picture = await world.aws.storage.get(key);
    assert.deepEqual([...picture.subarray(0, 2)], [0xff, 0xd8]);

    const pulse = await world.pulse();
    assert.equal(pulse?.serves, undefined);
    t.diagnostic(world.log.lines.join('\n'));
  });

  test('that is unplugged says so, tells nobody that the door is watched, and goes on when it is back', async (t) => {
    const camera = await startRtspServer(clip);
    t.after(() => camera.stop());
    const world = await openProducerWorld(t, camera.address);
    await world.wish(true);
    await eventually('frames are looked at', () => world.records.length > 0, patience);
    await camera.stop();
    await eventually('it is missed', () => isMissed(world.report()?.problem), patience);
    const missed = Date.now();
    // A record of before may come later: its search was still under way.
    const seenSince = () => world.records.filter((record) => frameTime(record).time > missed).length;
    await eventually(
      'it is tried again',
      () => world.log.lines.filter((line) => line.includes('not watched')).length > 4,
    );
    assert.equal(seenSince(), 0);
    const back = await startRtspServer(clip, { port: camera.port });
    t.after(() => back.stop());
    await eventually('frames are looked at again', () => seenSince() > 0, patience);
    await eventually('the trouble is over', () => world.report()?.problem === undefined, patience);
  });

  test('whose password was changed says so without saying it, and goes on with the right one', async (t) => {
    const login = { user: 'door', password: 'p@ss:w/rd?#%' };
    const camera = await startRtspServer(clip, { login: { user: 'door', password: 'another' } });
    t.after(() => camera.stop());
    const address = camera.address.replace(/\/\/.*@/, `//door:${encodeURIComponent(login.password)}@`);
    const world = await openProducerWorld(t, address);
    await world.wish(true);
    const isRefused = () => world.report()?.problem?.includes('refuses the user name or password') === true;
    await eventually('it is refused', isRefused, patience);
    await camera.stop();
    const changed = await startRtspServer(clip, { login, port: camera.port });
    t.after(() => changed.stop());
    await eventually('frames are looked at', () => (world.report()?.frames ?? 0) > 0, patience);
    await eventually('the trouble is over', () => !isRefused(), patience);
    const told = JSON.stringify([world.log.lines, await world.pulse()]);
    for (const secret of ['another', 'w/rd', encodeURIComponent(login.password)]) {
      assert.ok(!told.includes(secret), secret);
    }
  });

  test('that freezes with its connection open is missed, and watched again when it is back', async (t) => {
    const camera = await startRtspServer(clip);
    t.after(() => camera.stop());
    const world = await openProducerWorld(t, camera.address);
    await world.wish(true);
    await eventually('frames are looked at', () => world.records.length > 0, patience);
    camera.freeze();
    await eventually('it is missed', () => isMissed(world.report()?.problem), patience);
    const frames = world.report()!.frames;
    await camera.stop();
    const back = await startRtspServer(clip, { port: camera.port });
    t.after(() => back.stop());
    await eventually('frames are looked at again', () => world.report()!.frames > frames, patience);
  });

  test('that sends broken packets is watched all the same', async (t) => {
    const camera = await startRtspServer(clip);
    t.after(() => camera.stop());
    const world = await openProducerWorld(t, camera.address);
    await world.wish(true);
    await eventually('frames are looked at', () => (world.report()?.frames ?? 0) > 0, patience);
    const goesOn = async (what: string) => {
      const { frames } = world.report()!;
      await eventually(what, () => (world.report()?.frames ?? 0) > frames + 5, patience);
    };
    camera.corrupt(0.0002);
    await goesOn('frames are looked at while many packets are broken');
    camera.corrupt(0.2);
    await eventually('nothing is left of the pictures', () => isMissed(world.report()?.problem), patience);
    camera.corrupt(0);
    await goesOn('frames are looked at when all is well again');
  });
});
