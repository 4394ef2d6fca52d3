import assert from 'node:assert/strict';
import { once } from 'node:events';
import http2 from 'node:http2';
import { connect } from 'node:net';
import { networkInterfaces } from 'node:os';
import { test } from 'node:test';
import { ownHeader } from '../../local/http/loopback.ts';
import { ScreenLinks } from '../../party/door-screen/screen-links.ts';
import { claim, openHouse, type TestHouse } from '../support/house.ts';
import { listening, loopback } from '../support/listening.ts';
import { type RawRequest, rawHttp } from '../support/raw-http.ts';

/** What another site's page may have in its Host header when its name was pointed at this machine. */
const otherHosts = (port: number): string[] => [
  'joy.example',
  `joy.example:${port}`,
  `127.0.0.1.joy.example:${port}`,
  `0.0.0.0:${port}`,
  `192.168.1.20:${port}`,
];

const json = { 'content-type': 'application/json', [ownHeader]: '1' };

/** One of each kind of route of the page's port. Streams of events are asked for their head. */
function pageRoutes(person: number, token: string): RawRequest[] {
  return [
    ...['/', '/healthz', '/mode', '/assets/main.js', '/nothing', '/telegram/nothing'].map((target) => ({
      target,
    })),
    ...['/door/state', '/door/pictures/1'].map((target) => ({ target })),
    { target: '/door/events', headOnly: true },
    { target: `/telegram/events?as=${person}`, headOnly: true },
    ...['people', `people/${person}/chats`, `chats/${person}/messages?as=${person}`, 'files/x', 'bot'].map(
      (at) => ({
        target: `/telegram/${at}`,
      }),
    ),
    { target: `/telegram/bot${token}/getMe` },
    { target: `/telegram/file/bot${token}/photos/file_0.jpg` },
    ...writes(person).map((request) => ({ ...request, headers: json })),
  ];
}

/** All that changes something at the page's port. */
function writes(person: number): RawRequest[] {
  return [
    { method: 'POST', target: '/door/camera', body: '{"source":"off"}' },
    { method: 'POST', target: '/door/frames', body: 'jpeg' },
    { method: 'POST', target: '/telegram/chats', body: `{"as":${person},"title":"Taken","members":[]}` },
    { method: 'POST', target: `/telegram/people/${person}/block`, body: '{"blocked":true}' },
    {
      method: 'POST',
      target: `/telegram/chats/${person}/messages`,
      body: `{"as":${person},"text":"/end_party"}`,
    },
    {
      method: 'POST',
      target: `/telegram/chats/${person}/messages/1/press`,
      body: `{"as":${person},"data":"x"}`,
    },
    { method: 'PUT', target: '/door/camera', body: '{}' },
    { method: 'DELETE', target: `/telegram/chats/${person}/messages` },
  ];
}

const portOf = (url: string): number => Number(new URL(url).port);

/** The house's ports, and what opens each from within. */
async function portsOf(house: TestHouse) {
  const { token, webhookSecret } = await house.services.botSecret();
  const info = await fetch(`${house.pageUrl}/telegram/bot${token}/getWebhookInfo`);
  const { result } = (await info.json()) as { result: { url: string } };
  const [page, aws, webhook] = [house.pageUrl, house.awsUrl, result.url].map(portOf);
  return { page: page!, aws: aws!, webhook: webhook!, token, webhookSecret };
}

/** This machine's addresses in other networks. */
const otherAddresses = Object.values(networkInterfaces())
  .flatMap((addresses) => addresses ?? [])
  .filter(({ internal, scopeid }) => !internal && !scopeid)
  .map(({ address }) => address);

/** Whether anybody takes a connection there. */
function isReached(host: string, port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host, port });
    socket.setTimeout(5_000, () => socket.destroy(new Error('No answer.')));
    socket.once('connect', () => resolve(true) ?? socket.destroy());
    socket.once('error', () => resolve(false));
  });
}

test('each port serves programs on this machine, and nobody else', async (t) => {
  const house = await openHouse(t);
  const host = await house.person('host');
  await claim(house, host);
  const person = host.person.id;
  const { page, aws, webhook, token, webhookSecret } = await portsOf(house);
  const door = portOf(house.doorUrl);

  await t.test('the page’s port refuses a Host of another site on every route', async () => {
    for (const route of pageRoutes(person, token)) {
      const { target, method = 'GET' } = route;
      for (const name of otherHosts(page)) {
        const { status, body } = await rawHttp(page, { ...route, headers: { ...route.headers, host: name } });
        assert.equal(status, 403, `${method} ${target} for ${name}`);
        assert.match(body, /only for programs on this machine/);
      }
      for (const name of ['', `127.0.0.1@joy.example:${page}`, 'joy example']) {
        const { status } = await rawHttp(page, { ...route, headers: { ...route.headers, host: name } });
        assert.ok(status === 400 || status === 403, `${method} ${target} for “${name}”: ${status}`);
      }
    }
    for (const name of [`localhost:${page}`, `127.0.0.1:${page}`, `[::1]:${page}`]) {
      assert.equal((await rawHttp(page, { target: '/healthz', headers: { host: name } })).status, 200, name);
      const events = { target: '/door/events', headOnly: true, headers: { host: name } };
      assert.equal((await rawHttp(page, events)).status, 200, name);
    }
  });

  await t.test('a page of another site changes nothing and reads nothing', async () => {
    const origins = [
      'https://joy.example',
      'null',
      'http://127.0.0.1:3000',
      `http://localhost:${page}`,
      `https://127.0.0.1:${page}`,
    ];
    const bodies = [
      'application/json',
      'text/plain',
      'application/x-www-form-urlencoded',
      'multipart/form-data; boundary=x',
    ];
    for (const request of writes(person)) {
      const what = `${request.method} ${request.target}`;
      for (const origin of origins) {
        for (const own of [{}, { [ownHeader]: '1' }] as Array<Record<string, string>>) {
          assert.equal(
            (await rawHttp(page, { ...request, headers: { origin, ...own } })).status,
            403,
            `${what} from ${origin}`,
          );
        }
      }
      for (const type of bodies) {
        // As a form sends it from a browser that leaves the Origin out.
        const sent = { ...request, headers: { 'content-type': type } };
        assert.equal((await rawHttp(page, sent)).status, 403, `${what} as ${type}`);
      }
    }
    for (const route of pageRoutes(person, token)) {
      const asked = {
        ...route,
        method: 'OPTIONS',
        headers: { origin: 'https://joy.example', 'access-control-request-method': 'POST' },
      };
      for (const request of [
        asked,
        { ...route, headers: { ...route.headers, origin: 'https://joy.example' } },
      ]) {
        assert.doesNotMatch((await rawHttp(page, request)).head, /access-control-allow/i, route.target);
      }
    }
    assert.equal(house.camera.state.source, 'off');
    assert.deepEqual((await host.chats()).map(({ title }) => title).includes('Taken'), false);
  });

  await t.test('no picture of the door can be shown on another site’s page', async () => {
    for (const target of ['/door/pictures/1', '/door/state', '/mode', '/', `/telegram/files/x`]) {
      const { head } = await rawHttp(page, { target });
      assert.match(head, /cross-origin-resource-policy: same-origin/i, target);
      assert.match(head, /x-content-type-options: nosniff/i, target);
    }
  });

  await t.test('AWS’s port refuses a Host of another site over HTTP/1.1 and over HTTP/2', async () => {
    const targets = [
      'DynamoDB_20120810.GetItem',
      'RekognitionService.ListCollections',
      'Kinesis_20131202.ListStreams',
      'secretsmanager.GetSecretValue',
    ];
    const requests: RawRequest[] = [
      ...targets.map((name) => ({
        method: 'POST',
        target: '/',
        headers: { 'x-amz-target': name },
        body: '{}',
      })),
      { target: '/musical-joy/photos/a.jpg' },
      {
        method: 'POST',
        target: '/',
        body: 'Action=Publish',
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
      },
      { method: 'POST', target: '/getImages', body: '{}' },
      { method: 'POST', target: '/2015-03-31/functions/tick/invocations', body: '{}' },
      { target: '/nothing' },
    ];
    const client = http2.connect(`http://127.0.0.1:${aws}`);
    t.after(() => client.destroy());
    for (const request of requests) {
      for (const name of otherHosts(aws)) {
        const first = await rawHttp(aws, { ...request, headers: { ...request.headers, host: name } });
        assert.equal(first.status, 403);
        assert.match(first.body, /Ask for localhost or 127\.0\.0\.1/, `${request.target} for ${name}`);
        const second = await overHttp2(client, request, name);
        assert.equal(second.status, 403);
        assert.match(
          second.body,
          /Ask for localhost or 127\.0\.0\.1/,
          `${request.target} for ${name} by HTTP/2`,
        );
      }
      const own = await overHttp2(client, request, `localhost:${aws}`);
      assert.doesNotMatch(own.body, /Ask for localhost/, request.target);
    }
  });

  await t.test(
    'the door screen’s port has nothing for whoever has no link, and for another site’s name',
    async () => {
      const { token: right } = await new ScreenLinks(house.services.table, house.services.now).create('');
      const screen = { target: `/${right}/` };
      assert.equal((await rawHttp(door, screen)).status, 200);
      for (const name of otherHosts(door))
        assert.equal((await rawHttp(door, { ...screen, headers: { host: name } })).status, 404, name);
      for (const target of [
        '/',
        '/webhook/',
        '/door/',
        '/mode',
        `/${'A'.repeat(43)}/`,
        '/objects/musical-joy/',
      ])
        assert.equal((await rawHttp(door, { target })).status, 404, target);
    },
  );

  await t.test('the webhook’s port refuses a Host of another site, even with the right secret', async () => {
    const request = { method: 'POST', target: '/webhook/', body: '{"update_id":123456789}' };
    const secret = { 'x-telegram-bot-api-secret-token': webhookSecret };
    for (const name of otherHosts(webhook)) {
      const sent = { ...request, headers: { ...secret, host: name } };
      assert.equal((await rawHttp(webhook, sent)).status, 403, name);
      assert.equal(
        (await rawHttp(webhook, { target: '/nothing', headers: { host: name } })).status,
        403,
        name,
      );
    }
    const elsewhere = { ...request, headers: { ...secret, origin: 'https://joy.example' } };
    assert.equal((await rawHttp(webhook, elsewhere)).status, 403);
    assert.equal((await rawHttp(webhook, request)).status, 401, 'without the secret');
    const wrong = { 'x-telegram-bot-api-secret-token': `${webhookSecret.slice(0, -1)}_` };
    assert.equal((await rawHttp(webhook, { ...request, headers: wrong })).status, 401, 'with a wrong secret');
    assert.equal((await rawHttp(webhook, { ...request, headers: secret })).status, 200, 'with the right one');
  });

  await t.test(
    'there is no port but these and the door screen’s, and they are on the loopback address alone',
    {
      skip: process.platform !== 'linux' && 'needs /proc to see the sockets',
    },
    () => {
      assert.deepEqual(listening().sort(), [page, aws, webhook, door].map(loopback).sort());
    },
  );

  await t.test(
    'no port is reached by this machine’s other addresses',
    {
      skip: otherAddresses.length === 0 && 'needs a network besides the loopback',
    },
    async () => {
      for (const port of [page, aws, webhook, door]) {
        assert.equal(await isReached('127.0.0.1', port), true);
        for (const address of otherAddresses)
          assert.equal(await isReached(address, port), false, `${address}:${port}`);
      }
    },
  );
});

async function overHttp2(client: http2.ClientHttp2Session, request: RawRequest, authority: string) {
  const stream = client.request({
    ':method': request.method ?? 'GET',
    ':path': request.target,
    ':authority': authority,
    ...request.headers,
  });
  stream.end(request.body);
  const [headers] = await once(stream, 'response');
  let body = '';
  for await (const chunk of stream.setEncoding('utf8')) body += chunk;
  return { status: Number(headers[':status']), body };
}
