import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type TestContext, test } from 'node:test';
import { GetObjectCommand, ListObjectsV2Command, S3Client } from '@aws-sdk/client-s3';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import { names } from '../../../local/environment.ts';
import { presignedAddresses } from '../../../party/stores/presigned.ts';
import { openDoorHouse } from '../../support/door-screen.ts';
import { rawHttp } from '../../support/raw-http.ts';

/** Another program of this machine, which nobody is to reach through the door screen. */
async function startOtherProgram(t: TestContext): Promise<{ at: string; asked: string[] }> {
  const asked: string[] = [];
  const server = createServer(({ url = '' }, response) => {
    asked.push(url);
    response.end('private');
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  t.after(() => server.close());
  return { at: `127.0.0.1:${(server.address() as AddressInfo).port}`, asked };
}

/** What stands after the origin. */
const targetOf = (address: string): string => address.slice(new URL(address).origin.length);

test('nothing of this machine is reached through the door screen but the screen and objects that it was told of', async (t) => {
  const house = await openDoorHouse(t);
  const other = await startOtherProgram(t);
  const port = Number(new URL(house.url).port);
  const { token } = await house.links.create('Welcome!');
  await house.services.storage.put('photos/anna', Buffer.from('a picture'), 'image/jpeg');
  const addresses = presignedAddresses(names.bucket, process.env.S3_PUBLIC_ROOT);
  const photo = targetOf(await addresses.of('photos/anna'));
  const objects = photo.slice(0, photo.indexOf(`/${names.bucket}/`));
  const query = photo.slice(photo.indexOf('?'));

  await t.test('what is meant to be reached is', async () => {
    const got = await rawHttp(port, { target: photo });
    assert.deepEqual([got.status, got.body], [200, 'a picture']);
    assert.equal((await rawHttp(port, { target: `/${token}/` })).status, 200);
  });

  const isNotFound = async (target: string): Promise<void> => {
    const { status, body } = await rawHttp(port, { target });
    assert.deepEqual([status, body], [404, 'Not found\n'], target);
  };

  await t.test('no target names another program', async () => {
    for (const root of ['/objects', objects, `${objects}/${names.bucket}`, `/${token}`])
      for (const to of [
        ...[`//${other.at}/mode`, `/\\${other.at}/mode`, `/\\\\${other.at}/mode`, `///${other.at}/mode`],
        ...[`/%2f${other.at}/mode`, `/%5c${other.at}/mode`, `/@${other.at}/mode`, `/http://${other.at}/mode`],
      ])
        for (const asked of ['', '?X-Amz-Signature=x', query]) await isNotFound(`${root}${to}${asked}`);
    for (const target of [photo, `/${token}/`]) {
      await isNotFound(`http://${other.at}${target}`);
      await isNotFound(`${new URL(house.url).origin}${target}`);
    }
    assert.deepEqual(other.asked, []);
  });

  await t.test('no path leads out of the screen, or out of the bucket', async () => {
    for (const up of ['..', '%2e%2e', '.%2E', '%2e.', '..%2f..', '..\\..', '..%5c..', '..;'])
      for (const [root, back] of [
        [`/${token}`, `door/${token}/`],
        [`/${'A'.repeat(43)}`, `door/${token}/`],
        [`${objects}/${names.bucket}`, `${names.bucket}/photos/anna${query}`],
        [`${objects}/${names.bucket}/photos`, `photos/anna${query}`],
      ] as const) {
        await isNotFound(`${root}/${up}/${back}`);
        await isNotFound(`${root}/${up}/${up}/${back}`);
      }
  });

  await t.test('whoever knows the keys of AWS on this machine lists no objects and gets none', async () => {
    const s3 = new S3Client();
    const list = await getSignedUrl(s3, new ListObjectsV2Command({ Bucket: names.bucket }));
    const get = await getSignedUrl(s3, new GetObjectCommand({ Bucket: names.bucket, Key: 'photos/anna' }));
    assert.equal((await fetch(list)).status, 200, 'on this machine they may');
    const guessed = '/objects/'.padEnd(objects.length, 'A');
    for (const forged of [list, get])
      for (const root of ['/objects', '/objects/', guessed]) await isNotFound(`${root}${targetOf(forged)}`);
    const listed = targetOf(list);
    for (const path of [
      `/${names.bucket}`,
      `/${names.bucket}/`,
      `/${names.bucket}//`,
      '/',
      '/?Action=ListTopics',
    ])
      await isNotFound(`${objects}${path}${listed.slice(listed.indexOf('?'))}`);
    await isNotFound(`${photo}&uploads`);
    await isNotFound(photo.slice(0, photo.indexOf('?')));
  });
});
