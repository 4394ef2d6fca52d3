import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { test } from 'node:test';
import { says } from '../support/bot-house.ts';
import { emptyFolder } from '../support/folder.ts';
import { claim, invite, openHouse, showVideo } from '../support/house.ts';
import { portrait } from '../support/portraits.ts';
import { run } from '../support/program.ts';
import { openSmallDisk, withoutSmallDisk } from '../support/small-disk.ts';
import { RefusedError } from '../support/telegram/person-client.ts';

test('a data folder that cannot be one ends the start with what to do, and without a stack', async (t) => {
  const folder = await emptyFolder();
  const file = path.join(folder, 'data');
  await writeFile(file, 'mine');
  const program = run(t, ['--data', file, '--port', '0', '--aws-port', '0']);
  assert.equal(await program.ended, 1);
  const [, what, ...rest] = program.output().trim().split('\n');
  assert.match(
    what ?? '',
    /^The data folder .* there is a file in its place\. Move that file away, or start with/,
  );
  assert.deepEqual(rest, []);
});

test('on a full disk page and chat say so, and with room again all goes on with nothing lost', {
  skip: withoutSmallDisk,
}, async (t) => {
  const disk = openSmallDisk(64);
  const house = await openHouse(t, { folder: path.join(disk.folder, 'data') });
  // While they are still being written, they take the room that is left here for others.
  await house.carols;
  const host = await house.person('host');
  await claim(house, host);
  await invite(host, 'Anna', await portrait('anna'));

  await disk.fill();
  const berta = await portrait('berta');
  await assert.rejects(host.sendPhoto(host.bot, berta, { caption: 'Berta' }), (error) => {
    assert.ok(error instanceof RefusedError);
    assert.match(error.message, /the disk of this machine is full\. Free some space, then try again\.$/);
    return true;
  });
  await assert.rejects(
    showVideo(house, 'door.mp4', Buffer.alloc(1_000_000)),
    /The disk is full.*Free some space/,
  );
  const chosen = await fetch(`${house.pageUrl}/door/camera`, {
    method: 'POST',
    headers: { 'x-musical-joy': '1' },
    body: '{"source":"webcam"}',
  });
  assert.equal(chosen.status, 507);
  assert.match(((await chosen.json()) as { error: string }).error, /disk of this machine is full/);

  // Room for the chat, and none for what the bot is to keep.
  await disk.makeRoom();
  await disk.fill(berta.length * 3);
  await host.sendPhoto(host.bot, berta, { caption: 'Berta' });
  await host.waitForMessage(says(/^I couldn’t keep that: the disk is full\. Please free some space/));

  await disk.makeRoom();
  await invite(host, 'Berta', berta);
  await host.say(host.bot, '/guests');
  await host.waitForMessage(says(/^2 guests:\nAnna: 1 photo.*\nBerta: 1 photo/));
});
