import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { probe, proberPid } from '../../../../local/telegram/media/probe.ts';
import { sniff } from '../../../../local/telegram/media/sniff.ts';
import { eventually } from '../../../support/eventually.ts';
import { isRunning } from '../../../support/processes.ts';
import { silentMp3, silentWav } from '../../../support/silence.ts';

const look = (bytes: Buffer) => probe(bytes, sniff(bytes)!);

test('a recording is looked into by a process of its own, which is kept for the next', async () => {
  const mp3 = silentMp3(40);
  const [found, other] = await Promise.all([look(mp3), look(silentWav(2))]);
  assert.deepEqual([found?.duration, found?.sound, other?.duration], [1, true, 2]);
  const first = proberPid();
  assert.ok(first !== undefined && first !== process.pid && isRunning(first));
  await look(mp3);
  assert.equal(proberPid(), first);
});

test('FFmpeg is not loaded into the program itself', {
  skip: process.platform !== 'linux' && 'needs /proc to see what is loaded',
}, async () => {
  await look(silentMp3(1));
  assert.doesNotMatch(readFileSync('/proc/self/maps', 'utf8'), /node-av\.node/);
  assert.match(readFileSync(`/proc/${proberPid()}/maps`, 'utf8'), /node-av\.node/);
});

test('when that process crashes, the file is not understood, and the next one is looked into', async () => {
  await look(silentMp3(1));
  const crashed = proberPid()!;
  // Halted, so that it cannot answer before it crashes.
  process.kill(crashed, 'SIGSTOP');
  const looking = look(silentMp3(10));
  process.kill(crashed, 'SIGSEGV');
  process.kill(crashed, 'SIGCONT');
  assert.equal(await looking, undefined);
  await eventually('it is gone', () => !isRunning(crashed));
  assert.equal((await look(silentMp3(80)))?.duration, 2);
  assert.notEqual(proberPid(), crashed);
});

test('bytes that are not what they begin as are not understood', async () => {
  assert.equal(await look(Buffer.concat([Buffer.from('OggS'), Buffer.alloc(200, 1)])), undefined);
});
