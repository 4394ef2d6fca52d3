import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import sharp from 'sharp';
import { encode } from 'uqr';
import type { PersonMessage } from '../../../local/telegram/state/messages.ts';
import type { Config } from '../../../party/config.ts';
import { ScreenLinks } from '../../../party/door-screen/screen-links.ts';
import { type BotHouse, labels, openBotHouse, says } from '../../support/bot-house.ts';

const DoorUrl = 'https://door.example/';

/** A house with a door screen. */
async function openHouse(t: TestContext, more: Partial<Config> = {}) {
  const house = await openBotHouse(t, {
    instead: ({ config }) => ({ config: { ...config, DOOR_URL: DoorUrl, ...more } as Config }),
  });
  return { ...house, links: new ScreenLinks(house.services.table, house.services.now) };
}

const hasLink = ({ photo, caption }: PersonMessage): boolean =>
  photo !== undefined && (caption ?? '').includes(DoorUrl);
const linkIn = ({ caption = '' }: PersonMessage): string => /https:\S+/.exec(caption)![0];
const tokenIn = (message: PersonMessage): string => linkIn(message).slice(DoorUrl.length, -1);
const messageNow = async ({ host }: Pick<BotHouse, 'host'>, id: number): Promise<PersonMessage> =>
  (await host.messages()).find(({ message_id: its }) => its === id)!;

test('/door gives the link, and the same link as a QR code', async (t) => {
  const { host, links } = await openHouse(t);
  await host.say(host.bot, '/door Anna’s party');
  const message = await host.waitForMessage(hasLink);
  assert.match(message.caption ?? '', /until tomorrow, \d\d:\d\d/);
  assert.doesNotMatch(message.caption ?? '', /Only this computer/);
  assert.deepEqual(labels(message), ['New link', 'Take it back']);
  assert.equal((await links.open(tokenIn(message)))?.title, 'Anna’s party');

  const picture = await host.download(message.photo!.at(-1)!.file_id);
  const { data, info } = await sharp(picture).greyscale().raw().toBuffer({ resolveWithObject: true });
  const wanted = encode(linkIn(message), { ecc: 'M', border: 4 });
  const side = info.width / wanted.size;
  assert.ok(Number.isInteger(side) && info.width === info.height);
  const middle = (index: number): number => Math.floor((index + 0.5) * side);
  for (const [y, modules] of wanted.data.entries())
    for (const [x, dark] of modules.entries())
      assert.equal(data[middle(y) * info.width + middle(x)]! < 128, dark, `module ${x}, ${y}`);
});

test('/door again keeps the link and shows where it is; New link ends it', async (t) => {
  const house = await openHouse(t);
  const { host, links } = house;
  await host.say(host.bot, '/door');
  const first = await host.waitForMessage(hasLink);
  await host.say(host.bot, '/door');
  const again = await host.waitForMessage(says(/You have a link already/));
  assert.equal(again.reply_to_message?.message_id, first.message_id);
  assert.ok(await links.open(tokenIn(first)));

  await host.press(again, 'New link');
  const second = await host.waitForMessage(hasLink);
  assert.equal(await links.open(tokenIn(first)), undefined);
  assert.ok(await links.open(tokenIn(second)));
  const told = await messageNow(house, first.message_id);
  assert.match(told.caption ?? '', /doesn’t work any more/);
  assert.deepEqual(labels(told), []);
});

test('a link that was shown at another address leads nowhere: /door gives one that does', async (t) => {
  const house = await openHouse(t);
  const { host, links } = house;
  await links.create('Anna’s party', 'http://127.0.0.1:8090/');
  await links.shownIn((await links.current())!, { chatId: host.bot, messageId: 1 });
  await host.say(host.bot, '/door');
  const given = await host.waitForMessage(hasLink);
  assert.equal((await links.open(tokenIn(given)))?.title, 'Anna’s party');
});

test('a link can be taken back, and the words on the screen changed', async (t) => {
  const house = await openHouse(t);
  const { host, links } = house;
  await host.say(host.bot, '/door');
  const message = await host.waitForMessage(hasLink);
  assert.equal((await links.open(tokenIn(message)))?.title, 'Welcome!');
  await host.say(host.bot, '/door Merry\u200b Christmas');
  await host.waitForMessage(says(/the screen says “Merry Christmas” now/));
  assert.equal((await links.open(tokenIn(message)))?.title, 'Merry Christmas');
  await host.say(host.bot, `/door ${'x'.repeat(61)}`);
  await host.waitForMessage(says(/too long for the screen/));

  await host.press(message, 'Take it back');
  await host.waitForMessage(says(/^OK, that link doesn’t work any more/));
  assert.equal(await links.open(tokenIn(message)), undefined);
});

test('a link is nobody’s but a host’s, in private; where only this computer opens it, it says so', async (t) => {
  const { host, stand } = await openHouse(t, { DOOR_OPENING_COMMAND: 'npm start -- --lan' });
  const { id: group } = await host.createGroup('Party', []);
  await host.say(group, '/door');
  await host.waitForMessage(says(/Ask me in our private chat/));
  const guest = await stand.person('guest');
  await guest.say(guest.bot, '/door');
  await guest.waitForMessage(says(/only take orders from the hosts/));
  await host.say(host.bot, '/door');
  const { caption } = await host.waitForMessage(hasLink);
  assert.match(caption ?? '', /Only this computer can open it\. .*npm start -- --lan/);
});
