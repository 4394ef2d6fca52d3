import type { Page } from 'playwright-core';
import { findChromium, launchBrowser } from '../test/support/browser.ts';
import { carolMusic } from '../test/support/carols.ts';
import { eventually } from '../test/support/eventually.ts';
import { emptyFolder } from '../test/support/folder.ts';
import { claim, endParty, invite, startParty } from '../test/support/house.ts';
import { portrait } from '../test/support/portraits.ts';
import { PersonClient } from '../test/support/telegram/person-client.ts';
import { type Figure, spreadInSeconds } from './figure.ts';
import { frame, makeCarols, withProgram } from './house.ts';
import { NotHere } from './not-here.ts';
import { Webcam } from './webcam.ts';

/** How many arrivals are measured. */
const rounds = Number(process.env.HEARD_ROUNDS ?? 30);

/**
 * How soon a guest is greeted by a song: from the first picture that shows the face to the first sample that is not
 * silence, in a Chromium tab with the screen at the door. The whole program, as `npm start` runs it; the song is the
 * guest's own.
 */
export async function heardBench(): Promise<Figure[]> {
  if (!(await findChromium())) throw new NotHere('Chromium is missing; set CHROMIUM to its program');
  const folder = await emptyFolder();
  await makeCarols(folder);
  const times = await withProgram(folder, async (page) => {
    const host = await PersonClient.connect(`${page}/telegram`, 'host');
    const webcam = await Webcam.open(page, await frame('others'));
    const browser = await launchBrowser();
    try {
      await claim({ pageUrl: page }, host);
      await invite(host, 'Anna', await portrait('anna'));
      await host.sendAudio(host.bot, await carolMusic(), 'annas-song.mp3', { caption: 'Anna' });
      await host.waitForMessage(({ text, caption }) => /Anna/.test(caption ?? text ?? ''));
      const screen = await (await browser.newContext()).newPage();
      await openScreen(screen, host);
      return await measure(host, webcam, screen);
    } finally {
      await browser.close();
      await webcam.close();
      await host.close();
    }
  });
  return spreadInSeconds('face first visible to song’s first sample', times);
}

/** By the link that the host has in the chat. */
async function openScreen(screen: Page, host: PersonClient): Promise<void> {
  await host.say(host.bot, '/door');
  const linkIn = ({ text, caption }: { text?: string; caption?: string }): string | undefined =>
    /http:\S+\/[\w-]{43}\//.exec(caption ?? text ?? '')?.[0];
  const message = await host.waitForMessage((one) => linkIn(one) !== undefined);
  await screen.goto(linkIn(message)!);
  await screen.getByText('The party hasn’t started.').waitFor();
  await screen.evaluate(listen);
}

/** @returns milliseconds, of each round */
async function measure(host: PersonClient, webcam: Webcam, screen: Page): Promise<number[]> {
  const [guest, others] = [await frame('guest'), await frame('others')];
  const times: number[] = [];
  for (let round = 0; round < rounds; round++) {
    await webcam.show(others);
    await startParty(host);
    await webcam.watched();
    await screen.getByText('The party hasn’t started.').waitFor({ state: 'detached' });
    await eventually('it is silent', () => screen.evaluate(begin));
    const visible = performance.timeOrigin + (await webcam.show(guest));
    let heardAt = 0;
    await eventually('the song is heard', async () => {
      heardAt = await screen.evaluate<number>('window.heardAt');
      return heardAt > 0;
    });
    times.push(heardAt - visible);
    await screen.getByRole('button', { name: 'Skip' }).click();
    await endParty(host);
    await screen.getByText('The party hasn’t started.').waitFor();
  }
  return times;
}

/**
 * Looks every few milliseconds at the samples that the page's audio element plays: `heardAt` is when they were first not
 * silence, in milliseconds since 1970.
 */
const listen = `(() => {
  const context = new AudioContext();
  const analyser = context.createAnalyser();
  analyser.fftSize = 1024;
  context.createMediaElementSource(document.querySelector('audio')).connect(analyser).connect(context.destination);
  const samples = new Float32Array(analyser.fftSize);
  window.isSilent = () => {
    analyser.getFloatTimeDomainData(samples);
    return samples.every((sample) => Math.abs(sample) < 0.001);
  };
  window.heardAt = 0;
  setInterval(() => {
    if (!window.heardAt && !window.isSilent()) window.heardAt = performance.timeOrigin + performance.now();
  }, 5);
})()`;

/** Once it is silent, what comes next is the guest's song. */
const begin = `(() => {
  if (!window.isSilent()) return false;
  window.heardAt = 0;
  return true;
})()`;
