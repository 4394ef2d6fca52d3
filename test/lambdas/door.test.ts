import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { minute, second } from '../../party/clock.ts';
import type { ScreenState } from '../../party/door-screen/told.ts';
import { type DoorHouse, openDoorHouse } from '../support/door-screen.ts';

async function openLink(t: TestContext): Promise<DoorHouse & { readonly link: string }> {
  const house = await openDoorHouse(t);
  const { token } = await house.links.create('Anna’s party');
  return { ...house, link: `${house.url}${token}/` };
}

const get = (address: string): Promise<Response> => fetch(address, { redirect: 'manual' });
const told = async (address: string): Promise<ScreenState> =>
  (await (await get(address)).json()) as ScreenState;

test('the page comes with its script and style, and may load nothing from elsewhere', async (t) => {
  const { link, url } = await openLink(t);
  const page = await get(link);
  assert.equal(page.status, 200);
  const policy = page.headers.get('content-security-policy') ?? '';
  assert.match(policy, /default-src 'none'/);
  assert.ok(policy.includes(`media-src ${new URL(url).origin}`), policy);
  assert.equal(page.headers.get('referrer-policy'), 'no-referrer');
  assert.equal(page.headers.get('cache-control'), 'no-store');
  const html = await page.text();
  for (const [, file] of html.matchAll(/(?:src|href)="(screen\.\w+)"/g))
    assert.equal((await get(`${link}${file}`)).status, 200, file);
  assert.equal((await get(link.slice(0, -1))).headers.get('location'), `${link.split('/').at(-2)}/`);
});

test('strangers get the same 404 whatever they ask for, and so does whoever has a link that is over', async (t) => {
  const { link, url, links, startParty, arrive } = await openLink(t);
  await startParty();
  await arrive('Anna');
  const answers = async (base: string): Promise<string[]> =>
    Promise.all(
      ['', 'arrivals', 'screen.js', 'nothing'].map(async (file) => {
        const answer = await get(`${base}${file}`);
        return `${answer.status} ${await answer.text()}`;
      }),
    );
  const nothing = Array(4).fill('404 Not found\n');
  const token = link.split('/').at(-2)!;
  const almost = `${token.slice(0, -1)}${token.endsWith('A') ? 'B' : 'A'}`;
  assert.deepEqual(await answers(url), nothing);
  assert.deepEqual(await answers(`${url}${'A'.repeat(43)}/`), nothing);
  assert.deepEqual(await answers(`${url}${almost}/`), nothing);
  assert.equal((await fetch(link, { method: 'POST' })).status, 404);

  await links.create('Anna’s party');
  assert.deepEqual(await answers(link), nothing, 'a new link ends the one of before');
});

test('an arrival is told with name, song and picture, at addresses that open for a while and without keys', async (t) => {
  const { link, startParty, arrive } = await openLink(t);
  assert.deepEqual(await told(`${link}arrivals`), { title: 'Anna’s party', on: false, arrivals: [] });
  await startParty();
  await arrive('Ben', { ago: 5 * second });
  await arrive('Anna');
  const { on, arrivals } = await told(`${link}arrivals`);
  assert.equal(on, true);
  assert.deepEqual(
    arrivals.map(({ name, song }) => [name, song?.performer, song?.title]),
    [
      ['Ben', 'Choir', 'Song of Ben'],
      ['Anna', 'Choir', 'Song of Anna'],
    ],
  );
  const [{ song, picture, age }] = arrivals as [(typeof arrivals)[0]];
  assert.ok(age >= 5 * second && age < minute);
  const music = await get(song!.address);
  assert.deepEqual([music.status, music.headers.get('content-type')], [200, 'audio/mpeg']);
  const part = await fetch(song!.address, { headers: { range: 'bytes=0-9' } });
  assert.deepEqual([part.status, (await part.arrayBuffer()).byteLength], [206, 10]);
  assert.equal((await get(picture!.address)).headers.get('content-type'), 'image/jpeg');
  const validFor = Number(new URL(song!.address).searchParams.get('X-Amz-Expires'));
  assert.ok(validFor > 0 && validFor <= 600);
});

test('who knows an arrival is not told again, and nobody is told of one that is over two minutes old', async (t) => {
  const { link, startParty, arrive } = await openLink(t);
  await startParty();
  await arrive('Long ago', { ago: 2 * minute + second });
  await arrive('Just now', { ago: 2 * minute - 20 * second });
  const { arrivals } = await told(`${link}arrivals`);
  assert.deepEqual(
    arrivals.map(({ name }) => name),
    ['Just now'],
  );
  const again = await told(`${link}arrivals?known=${arrivals[0]!.id}`);
  assert.deepEqual(again.arrivals, []);
});

test('a request is held until somebody arrives, or a party begins or ends', async (t) => {
  const { link, startParty, endParty, arrive } = await openLink(t);
  const begins = told(`${link}arrivals?on=0`);
  await startParty();
  assert.equal((await begins).on, true);
  const arrives = told(`${link}arrivals?on=1`);
  await arrive('Anna');
  assert.equal((await arrives).arrivals[0]?.name, 'Anna');
  const ends = told(`${link}arrivals?on=1&known=${(await arrives).arrivals[0]!.id}`);
  await endParty();
  assert.deepEqual(await ends, { title: 'Anna’s party', on: false, arrivals: [] });
});

test('whoever waits with a link that is taken back is told nothing more', async (t) => {
  const { link, links, startParty, arrive } = await openLink(t);
  await startParty();
  const waits = get(`${link}arrivals?on=1`);
  await links.takeBack();
  await arrive('Anna');
  assert.equal((await waits).status, 404);
});

test('a program that ends keeps nobody waiting', async (t) => {
  const { link, stop } = await openLink(t);
  const waits = get(`${link}arrivals?on=0`).catch(() => 'cut');
  const began = Date.now();
  await stop();
  assert.equal(await waits, 'cut');
  assert.ok(
    Date.now() - began < 4 * second,
    'longer than a look, and it is the long poll that was waited for',
  );
});
