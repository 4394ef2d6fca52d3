import assert from 'node:assert/strict';
import { request } from 'node:http';
import { connect } from 'node:net';
import { test } from 'node:test';
import { lanAddress } from '../../../local/door-screen/lan-address.ts';
import { lanNotice } from '../../../local/door-screen/lan-notice.ts';
import { ScreenLinks } from '../../../party/door-screen/screen-links.ts';
import { openHouse } from '../../support/house.ts';
import { listening } from '../../support/listening.ts';

const address = ((): string | undefined => {
  try {
    return lanAddress();
  } catch {
    return undefined;
  }
})();

/** Asks the door screen's port for something, by the name and method given. */
function ask(
  url: string,
  options: { readonly host?: string; readonly method?: string } = {},
): Promise<number> {
  const { host, method = 'GET' } = options;
  return new Promise((resolve, reject) => {
    const asked = request(url, { method, agent: false, ...(host && { headers: { host } }) }, (answer) => {
      answer.resume();
      resolve(answer.statusCode ?? 0);
    });
    asked.on('error', reject);
    asked.end();
  });
}

const loopbackPrefix = '0100007F:';

const reaches = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connect({ host: address, port });
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
  });

test('with --lan the network reaches the door screen, with its link, and nothing else', {
  skip: address === undefined && 'needs a network besides the loopback',
}, async (t) => {
  const house = await openHouse(t, { lan: true });
  const { hostname, port } = new URL(house.doorUrl);
  assert.equal(hostname, address);
  if (process.platform === 'linux') {
    const toOthers = listening().filter((place) => !place.startsWith(loopbackPrefix));
    assert.deepEqual(
      toOthers.map((place) => Number.parseInt(place.split(':')[1]!, 16)),
      [Number(port)],
    );
  }
  for (const local of [house.pageUrl, house.awsUrl])
    assert.equal(await reaches(Number(new URL(local).port)), false, local);
  assert.equal(await reaches(Number(port)), true);

  const notice = await lanNotice(house);
  const [link = ''] = /http:\S+\/[\w-]{43}\//.exec(notice) ?? [];
  assert.match(notice, /Everyone in your network who has this link/);
  assert.equal(await ask(link), 200);
  assert.match(await lanNotice(house), /still works/, 'a tablet may be using it');
  assert.equal(await ask(link), 200);
  const links = new ScreenLinks(house.services.table, house.services.now);
  await links.create('Welcome!', 'http://127.0.0.1:8090/');
  const [anew = ''] = /http:\S+\/[\w-]{43}\//.exec(await lanNotice(house)) ?? [];
  assert.equal(await ask(anew), 200, 'the one from before was for this computer only');

  for (const path of ['', 'mode', 'telegram/people', 'webhook/', 'objects/musical-joy/songs/x', 'door/state'])
    assert.equal(await ask(`${house.doorUrl}${path}`), 404, path);
  const unsigned = 'objects/musical-joy/songs/x?X-Amz-Signature=0&X-Amz-Algorithm=AWS4-HMAC-SHA256';
  assert.equal(await ask(`${house.doorUrl}${unsigned}`), 404, 'what S3 has not signed for');
  assert.equal(await ask(link, { host: `joy.example:${port}` }), 404, 'a name that was pointed here');
  assert.equal(await ask(link, { method: 'POST' }), 404);
});
