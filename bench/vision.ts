import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { readVideo } from '../producer/camera/video.ts';
import { makeClip } from '../test/support/clip.ts';
import { emptyFolder } from '../test/support/folder.ts';
import { samplePicture } from '../test/support/pictures.ts';
import type { Picture } from '../vision/face.ts';
import { type Recognizer, startRecognizer } from '../vision/recognizer.ts';
import { frameWith } from './faces-frame.ts';
import { type Figure, median, spread } from './figure.ts';

const rounds = 60;

const deaths = 10;

/** Milliseconds after which an engine is in the middle of a frame. */
const midFrame = 15;

/** Measures the engine in its process, as the product uses it, and the decoding of video. */
export async function visionBench(): Promise<Figure[]> {
  return [...(await engineFigures()), ...(await decodingFigures())];
}

async function engineFigures(): Promise<Figure[]> {
  const engines: number[] = [];
  const start = performance.now();
  const recognizer = await startRecognizer({ onStart: (pid) => engines.push(pid) });
  try {
    const ready = performance.now() - start;
    const [empty, one, three] = await lookTimes(recognizer, [0, 1, 3]);
    return [
      { name: 'engine ready', value: ready, unit: 'ms' },
      ...spread('720p frame, nobody in it', empty!, 'ms'),
      ...spread('720p frame, one face', one!, 'ms'),
      { name: 'each further face, median', value: (median(three!) - median(one!)) / 2, unit: 'ms' },
      ...(await peakMemory(engines[0]!)),
      ...spread(
        'engine killed in mid-frame to that frame’s answer',
        await deathTimes(recognizer, engines),
        'ms',
      ),
    ];
  } finally {
    await recognizer.close();
  }
}

/**
 * Milliseconds from asking to having the faces, their way to the process and back included, for frames
 * with so many faces; in turn, so that whatever else the machine does falls on all alike.
 */
async function lookTimes(recognizer: Recognizer, counts: readonly number[]): Promise<number[][]> {
  const frames: Picture[] = [];
  for (const count of counts) {
    const frame = await frameWith(count);
    const found = await recognizer.find(frame, 'live');
    if (found.length !== count) throw new Error(`${found.length} faces found where ${count} are.`);
    frames.push(frame);
  }
  const times: number[][] = counts.map(() => []);
  for (let round = 0; round < rounds; round++) {
    for (const [i, frame] of frames.entries()) {
      const start = performance.now();
      await recognizer.find(frame, 'live');
      times[i]!.push(performance.now() - start);
    }
  }
  return times;
}

/** Milliseconds from the death of an engine that looks at a frame to what its successor says of that frame. */
async function deathTimes(recognizer: Recognizer, engines: readonly number[]): Promise<number[]> {
  const frame = await frameWith(1);
  const times: number[] = [];
  for (let death = 0; death < deaths; death++) {
    const looked = recognizer.find(frame, 'live');
    await delay(midFrame);
    const killed = performance.now();
    process.kill(engines.at(-1)!, 'SIGKILL');
    await looked;
    times.push(performance.now() - killed);
  }
  return times;
}

async function decodingFigures(): Promise<Figure[]> {
  const folder = await emptyFolder();
  const clip = path.join(folder, 'clip.mp4');
  const samples = [await samplePicture(1), await samplePicture(3), await samplePicture(5)];
  await makeClip(
    samples.map((picture) => ({ picture, seconds: 4 })),
    clip,
  );
  const times: number[] = [];
  let last = performance.now();
  for await (const frame of readVideo(clip, 1280, new AbortController().signal)) {
    await frame.picture();
    times.push(performance.now() - last);
    last = performance.now();
  }
  const total = times.reduce((sum, time) => sum + time, 0);
  return [
    { name: '720p H.264 to RGB', value: (times.length / total) * 1000, unit: 'frames/s' },
    ...spread('720p frame decoded to RGB', times, 'ms'),
  ];
}

/** What a process took at most; Linux alone tells. */
async function peakMemory(pid: number): Promise<Figure[]> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => '');
  const kilobytes = status.match(/^VmHWM:\s+(\d+) kB/m)?.[1];
  return kilobytes ? [{ name: 'engine, peak memory', value: Number(kilobytes) / 1024, unit: 'MB' }] : [];
}
