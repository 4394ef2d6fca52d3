import assert from 'node:assert/strict';
import { test } from 'node:test';
import { second } from '../../../party/clock.ts';
import { listenTo } from '../../support/analyser.ts';
import { noBrowser, openPage } from '../../support/browser.ts';
import { door } from '../../support/by-hand.ts';
import { eventually } from '../../support/eventually.ts';
import { aloud, openBrowser, openDoorPage, plays } from '../../support/songs-page.ts';

const options = { skip: noBrowser };

test(
  'songs are played at the page when that is wanted, one after the other, and really sound',
  options,
  async (t) => {
    const { house, address } = await openDoorPage(t);
    const { page, problems } = await openPage(await openBrowser(t), address);
    await house.arrive('Nobody asked');
    await aloud(page).check();
    const analyser = await listenTo(page, /\/objects\//);
    await plays(page, '♪ Nobody asked: Song of Nobody asked');
    await door(page).getByRole('button', { name: 'Skip' }).click();
    // The last of what was heard lies in the analyser for a moment.
    await eventually('it is silent', async () => (await analyser.loudest()) === 0);

    await house.arrive('Anna', { ago: second });
    await house.arrive('Ben');
    await plays(page, '♪ Anna: Song of Anna');
    await plays(page, 'Next: Ben');
    await eventually('the song sounds', async () => (await analyser.loudest()) > 0.05);
    await door(page).getByRole('button', { name: 'Skip' }).click();
    await plays(page, '♪ Ben: Song of Ben');
    await eventually('the next one sounds', async () => (await analyser.loudest()) > 0.05);

    await aloud(page).uncheck();
    await eventually('it is silent', async () => (await analyser.loudest()) === 0);
    assert.equal(await door(page).getByText('♪').count(), 0);
    assert.deepEqual(problems, []);
  },
);
