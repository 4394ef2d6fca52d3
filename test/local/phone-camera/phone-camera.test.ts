import assert from 'node:assert/strict';
import { request } from 'node:https';
import { type TestContext, test } from 'node:test';
import { createCamera } from '../../../local/camera/camera.ts';
import { assetsOnceBuilt } from '../../../local/page/assets.ts';
import { PhoneCamera } from '../../../local/phone-camera/phone-camera.ts';
import { findBarriers } from '../../support/axe.ts';
import { noBrowser, openBrowser } from '../../support/browser.ts';
import { emptyFolder } from '../../support/folder.ts';

async function openPhoneCamera(t: TestContext) {
  const open = () => {
    throw new Error('No camera has an address here.');
  };
  const camera = createCamera({ folder: await emptyFolder(), open });
  const phone = new PhoneCamera({ camera, assets: assetsOnceBuilt(), address: '127.0.0.1', port: 0 });
  t.after(async () => {
    await phone.close();
    await camera.close();
  });
  return { camera, phone };
}

/** What the port answers to a request, whoever signed its certificate. */
function statusOf(
  address: string,
  { method = 'GET', headers = {} }: { method?: string; headers?: Record<string, string> } = {},
): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    const options = { method, headers, rejectUnauthorized: false, agent: false } as const;
    const asked = request(address, options, (answer) => {
      answer.resume();
      resolve(answer.statusCode);
    });
    asked.on('error', reject).end();
  });
}

test('whoever has the link can send pictures, and gets nothing but the page that does so', async (t) => {
  const { camera, phone } = await openPhoneCamera(t);
  const { url, qr } = await phone.invite();
  const { origin } = new URL(url);
  assert.match(qr, /^<svg/);
  assert.equal(camera.state.source, 'webcam');
  assert.equal(await statusOf(url), 200);
  const nowhere = [
    `${origin}/`,
    `${origin}/door/state`,
    `${origin}/telegram/people`,
    `${origin}/mode`,
    `${url}door/state`,
    `${url}../door/state`,
    `${url.slice(0, -3)}xy/`,
    `${origin}//`,
  ];
  for (const address of nowhere) assert.equal(await statusOf(address), 404, address);
  assert.equal(
    await statusOf(url, { headers: { host: 'evil.example' } }),
    404,
    'a name that was pointed here',
  );
  const post = { method: 'POST' };
  assert.equal(await statusOf(`${url}frames`, post), 404, 'a picture that no page of ours sends');
  const foreign = { ...post, headers: { origin: 'https://evil.example' } };
  assert.equal(await statusOf(`${url}frames`, foreign), 404);
  assert.equal(await statusOf(`${url}frames`, { ...post, headers: { origin } }), 400, 'no picture at all');
  await camera.choose('off');
  assert.equal(await statusOf(`${url}frames`, { ...post, headers: { origin } }), 409);

  const next = await phone.invite();
  assert.equal(await statusOf(url), 404, 'the link of before');
  assert.equal(await statusOf(next.url), 200);
  await phone.close();
  await assert.rejects(statusOf(next.url), /ECONNREFUSED/);
});

test('a phone’s browser is the camera by https, until another one is chosen', {
  skip: noBrowser,
}, async (t) => {
  const { camera, phone } = await openPhoneCamera(t);
  const { url } = await phone.invite();
  const browser = await openBrowser(t, [
    '--use-fake-device-for-media-stream',
    '--use-fake-ui-for-media-stream',
  ]);
  // As somebody does who goes on though the browser does not know the certificate.
  const context = await browser.newContext({
    ignoreHTTPSErrors: true,
    viewport: { width: 390, height: 844 },
  });
  const page = await context.newPage();
  const problems: string[] = [];
  page.on('pageerror', (error) => problems.push(String(error)));
  await page.goto(url);
  const live = new Promise<void>((resolve) => camera.watch(({ status }) => status === 'live' && resolve()));
  await page.getByRole('button', { name: 'Be the camera' }).waitFor();
  assert.deepEqual(await findBarriers(page), [], 'before it is the camera');
  await page.getByRole('button', { name: 'Be the camera' }).click();
  await page.getByText('This phone is the camera at the door').waitFor();
  await live;
  assert.deepEqual(await findBarriers(page), [], 'while it is the camera');
  assert.ok(camera.state.width >= 640);
  await camera.choose('off');
  await page.getByText('Another camera was chosen on the computer.').waitFor();
  assert.deepEqual(problems, []);
});
