import type { Page } from 'playwright-core';

/** Hears what a page's audio element plays: its samples, by the Web Audio API. */
export interface Analyser {
  /** The loudest sample of late, 0 to 1; 0 while nothing is heard: what a decoder leaves at 80 dB below is nothing. */
  loudest(): Promise<number>;
}

/**
 * Puts an analyser behind the one audio element of a page. Songs come from another origin, whose samples a page may not
 * see; here they come with leave to be seen.
 *
 * @param songs matches the songs' addresses
 */
export async function listenTo(page: Page, songs: RegExp): Promise<Analyser> {
  await page.route(songs, async (route) => {
    const response = await route.fetch();
    const headers = { ...response.headers(), 'access-control-allow-origin': '*' };
    await route.fulfill({ response, headers });
  });
  await page.evaluate(putBehind);
  return { loudest: () => page.evaluate(lookAtSamples) };
}

const putBehind = `(() => {
  const audio = document.querySelector('audio');
  audio.crossOrigin = 'anonymous';
  const context = new AudioContext();
  const analyser = context.createAnalyser();
  analyser.fftSize = 32768;
  context.createMediaElementSource(audio).connect(analyser).connect(context.destination);
  window.analyser = analyser;
})()`;

const lookAtSamples = `(() => {
  const samples = new Float32Array(window.analyser.fftSize);
  window.analyser.getFloatTimeDomainData(samples);
  const loudest = samples.reduce((loudest, sample) => Math.max(loudest, Math.abs(sample)), 0);
  return Math.round(loudest * 10_000) / 10_000;
})()`;
