import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { type Bot, InlineKeyboard, InputFile, Keyboard } from 'grammy';
import { encodeMp3 } from '../../../carols/encode.ts';
import { silence } from '../../../carols/sound.ts';
import type { ChatMode } from '../../../local/page/mode.ts';
import type { RehearsalState } from '../../../local/rehearsal/state.ts';
import { findBarriers } from '../../support/axe.ts';
import { noBrowser, openPage, sharedBrowser } from '../../support/browser.ts';
import { attach, messageBox as box, messages, write } from '../../support/by-hand.ts';
import { eventually } from '../../support/eventually.ts';
import { emptyFolder } from '../../support/folder.ts';
import { sampleFile } from '../../support/pictures.ts';
import { plainPortrait } from '../../support/plain-faces.ts';
import { startPage } from './page-server.ts';

const options = { skip: noBrowser };
const openBrowser = sharedBrowser();
const local: ChatMode = { mode: 'local', startCode: 'claim-code' };
const claimed: ChatMode = { mode: 'local' };

/** The page with a bot that answers as it is built. */
async function openChat(
  t: TestContext,
  build: (bot: Bot) => void = () => {},
  mode: ChatMode | (() => ChatMode) = local,
) {
  const server = await startPage(t, mode);
  const bot = await server.runBot(build);
  const browser = await openBrowser(t);
  const { page, problems } = await openPage(browser, server.address);
  return { ...server, bot, page, problems };
}

test(
  'the host claims the house with one press, writes, and reads the answer as it was formatted',
  options,
  async (t) => {
    const { page, problems } = await openChat(t, (bot) => {
      bot.command('start', (ctx) => ctx.reply(`The code is ${ctx.match}`));
      bot.on('message:text', (ctx) =>
        ctx.reply('<b>Anna</b> <i>and</i> <code>Ben</code> <a href="https://example.org/">here</a> /guests', {
          parse_mode: 'HTML',
          reply_parameters: { message_id: ctx.message.message_id },
        }),
      );
    });
    await page.getByRole('button', { name: 'Start', exact: true }).click();
    await messages(page).getByText('The code is claim-code').waitFor();

    await write(page, 'Who comes?');
    const answer = messages(page)
      .getByRole('article', { name: /Musical Joy/ })
      .last();
    await answer.locator('strong', { hasText: 'Anna' }).waitFor();
    assert.equal(await answer.locator('em').textContent(), 'and');
    assert.equal(await answer.locator('code').textContent(), 'Ben');
    assert.equal(
      await answer.getByRole('link', { name: 'here' }).getAttribute('href'),
      'https://example.org/',
    );
    assert.match((await answer.getByRole('blockquote').textContent()) ?? '', /Who comes\?/);
    await messages(page)
      .getByRole('article', { name: /You/ })
      .last()
      .getByRole('img', { name: 'Read' })
      .waitFor();

    await answer.getByRole('button', { name: '/guests' }).click();
    await messages(page).getByRole('article', { name: /You/ }).last().getByText('/guests').waitFor();
    assert.deepEqual(problems, []);
  },
);

test(
  'who writes before pressing Start can still become the host, by the button or by /start',
  options,
  async (t) => {
    let isClaimed = false;
    const { page, problems } = await openChat(
      t,
      (bot) => {
        bot.command('start', (ctx) => {
          isClaimed = ctx.match === 'claim-code';
          return ctx.reply(isClaimed ? 'You are the host.' : 'Who are you?');
        });
        bot.on('message', (ctx) => ctx.reply('This party has no host yet.'));
      },
      () => (isClaimed ? claimed : local),
    );
    const start = page.getByRole('button', { name: 'Start', exact: true });
    await write(page, 'hi');
    await messages(page).getByText('no host yet').waitFor();
    await start.click();
    await messages(page).getByText('You are the host.').waitFor();
    await start.waitFor({ state: 'detached' });

    isClaimed = false;
    await page.reload();
    await start.waitFor();
    await write(page, '/start');
    await messages(page).getByText('You are the host.').nth(1).waitFor();
    await start.waitFor({ state: 'detached' });
    assert.deepEqual(problems, []);
  },
);

test(
  'a house without a host begins with who is to be it, whoever wrote last on this page',
  options,
  async (t) => {
    let isClaimed = true;
    const { page } = await openChat(
      t,
      () => {},
      () => (isClaimed ? claimed : local),
    );
    await page.getByRole('radio', { name: /Gina/ }).check({ force: true });
    await page.reload();
    await page.getByRole('radio', { name: /Gina/, checked: true }).waitFor();
    isClaimed = false;
    await page.reload();
    await page.getByRole('radio', { name: /Holly/, checked: true }).waitFor();
  },
);

test(
  'nothing is in the way of people who see, hear or move less: greeting, chat, rehearsal, menus',
  options,
  async (t) => {
    const { page } = await openChat(
      t,
      (bot) => {
        bot.on('message:photo', (ctx) =>
          ctx.reply('Got it. <b>Same person?</b> /help', {
            parse_mode: 'HTML',
            reply_parameters: { message_id: ctx.msg.message_id },
            reply_markup: new InlineKeyboard().text('Yes', 'yes').url('More', 'https://example.org'),
          }),
        );
      },
      claimed,
    );
    assert.deepEqual(await findBarriers(page), [], 'the greeting');
    await attach(page, [sampleFile(1)]);
    await write(page, 'Anna');
    await messages(page).getByText('Got it').waitFor();
    await page.route('**/mode', (route) => route.fulfill({ json: { ...claimed, rehearsal: true } }));
    await page.route('**/rehearsal', (route) =>
      route.fulfill({ json: { step: 'over', telling: 'That was a rehearsal.' } }),
    );
    await page.reload();
    await page.getByRole('button', { name: 'Clear it', exact: true }).waitFor();
    await messages(page).getByRole('button', { name: 'More' }).last().click();
    await page.getByRole('menu').waitFor();
    assert.deepEqual(await findBarriers(page), [], 'the chat after a rehearsal, with a menu');
  },
);

test(
  'a press on Show me begins the rehearsal, whose card tells how it goes, and a press clears it',
  options,
  async (t) => {
    const { page } = await openChat(t);
    let state: RehearsalState = { step: 'none' };
    await page.route('**/mode', (route) => route.fulfill({ json: { ...local, rehearsal: true } }));
    await page.route('**/rehearsal', (route) => {
      if (route.request().method() === 'POST')
        state = { step: 'running', telling: 'Anna comes to the door.', look: 'door' };
      return route.fulfill({ json: state });
    });
    await page.route('**/rehearsal/clear', (route) => {
      state = { step: 'none' };
      return route.fulfill({ json: state });
    });
    await page.reload();
    const showMe = page.getByRole('button', { name: /^Show me/ });
    await showMe.click();
    const card = page.getByRole('complementary', { name: 'Rehearsal' });
    await card.getByText('Anna comes to the door.').waitFor();
    assert.equal(await card.getByRole('button').count(), 0, 'nothing to be cleared yet');
    state = { step: 'over', telling: 'That was a rehearsal.' };
    await card.getByText('That was a rehearsal.').waitFor();
    await card.getByRole('button', { name: 'Clear it', exact: true }).click();
    await card.waitFor({ state: 'detached' });
    await showMe.waitFor();
  },
);

test('an empty message box has no scroll bar', options, async (t) => {
  const { page } = await openChat(t);
  const overflow = await box(page).evaluate((area) => area.scrollHeight - area.clientHeight);
  assert.equal(overflow, 0);
});

test(
  'a pressed button waits for its answer, which is said in passing or must be read',
  options,
  async (t) => {
    const { promise: mayAnswer, resolve: answerNow } = withResolvers();
    const { page } = await openChat(t, (bot) => {
      bot.on('message:text', (ctx) =>
        ctx.reply('The party is on.', {
          reply_markup: new InlineKeyboard().text('One hour more', 'more').text('End now', 'end'),
        }),
      );
      bot.callbackQuery('more', async (ctx) => {
        await mayAnswer;
        await ctx.answerCallbackQuery('Until two o’clock.');
        await ctx.editMessageText('The party goes on.');
      });
      bot.callbackQuery('end', (ctx) =>
        ctx.answerCallbackQuery({ text: 'Nobody is here.', show_alert: true }),
      );
    });
    await write(page, '/start_party');
    const end = page.getByRole('button', { name: 'End now' });
    await end.click();
    const alert = page.getByRole('alertdialog');
    await alert.getByText('Nobody is here.').waitFor();
    await alert.getByRole('button', { name: 'OK' }).click();
    await alert.waitFor({ state: 'detached' });

    const more = page.getByRole('button', { name: 'One hour more' });
    await more.click();
    await page.locator('button[aria-busy=true]', { hasText: 'One hour more' }).waitFor();
    answerNow();
    await page.getByRole('status').getByText('Until two o’clock.').waitFor();
    await messages(page).getByText('The party goes on.').waitFor();
    await more.waitFor({ state: 'detached' });
    await messages(page).getByText('edited').waitFor();
  },
);

test(
  'a photo with a name goes to the bot, is shown, and opens as large as the window',
  options,
  async (t) => {
    const { page, problems } = await openChat(t, (bot) => {
      bot.on('message:photo', (ctx) =>
        ctx.reply(`${ctx.message.caption} is a guest now.`, {
          reply_parameters: { message_id: ctx.message.message_id },
        }),
      );
      bot.on('message:document', (ctx) => ctx.reply(`A file: ${ctx.message.document.file_name}`));
    });
    await attach(page, [sampleFile(1)]);
    await page.getByRole('list', { name: 'Files to send' }).getByText('sample1.jpg').waitFor();
    await write(page, 'Anna');
    await messages(page).getByText('Anna is a guest now.').waitFor();
    await page.getByRole('list', { name: 'Files to send' }).waitFor({ state: 'detached' });

    const photo = messages(page).getByRole('img', { name: 'Photo: Anna' });
    await photo.evaluate((img: { decode(): Promise<void> }) => img.decode());
    await page.getByRole('button', { name: 'Enlarge the photo' }).click();
    await page.getByRole('dialog', { name: 'Photo' }).waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('dialog', { name: 'Photo' }).waitFor({ state: 'detached' });
    await messages(page)
      .getByRole('blockquote')
      .locator('img')
      .evaluate((thumbnail: { decode(): Promise<void> }) => thumbnail.decode());

    await attach(page, [sampleFile(1)]);
    await page.getByRole('button', { name: 'Send as a file' }).click();
    await page.getByRole('button', { name: 'Send', exact: true }).click();
    await messages(page).getByText('A file: sample1.jpg').waitFor();
    assert.deepEqual(problems, []);
  },
);

test(
  'an answer leads to what it answers, wherever that stands, and the keyboard passes them all in a few steps',
  options,
  async (t) => {
    const { page, problems } = await openChat(t, (bot) => {
      let first: number | undefined;
      bot.hears('first', async (ctx) => {
        first = (await ctx.reply('Who is it?')).message_id;
      });
      bot.hears(/^line/, (ctx) =>
        ctx.reply(`${ctx.msg.text} was read`, { reply_parameters: { message_id: first! } }),
      );
      bot.hears('Anna', (ctx) => ctx.api.editMessageText(ctx.chat.id, first!, 'It is Anna.'));
    });
    await page.setViewportSize({ width: 1280, height: 420 });
    await write(page, 'first');
    await messages(page).getByText('Who is it?').waitFor();
    for (const line of ['line 1', 'line 2', 'line 3', 'line 4', 'line 5']) {
      await write(page, line);
      await messages(page).getByText(`${line} was read`).waitFor();
    }
    const article = (text: string) => messages(page).getByRole('article').filter({ hasText: text });
    await article('line 5 was read').getByRole('blockquote').getByRole('button').click();
    await page.locator('article.marked').waitFor();

    await write(page, 'Anna');
    await page.getByRole('button', { name: 'Answered above' }).click();
    await messages(page).getByText('It is Anna.').waitFor();
    await page.locator('article.marked', { hasText: 'It is Anna.' }).waitFor();
    await page.getByRole('button', { name: 'Answered above' }).waitFor({ state: 'detached' });

    const toNewest = page.getByRole('button', { name: 'Go to the newest message' });
    await toNewest.click();
    await toNewest.waitFor({ state: 'detached' });
    await messages(page).focus();
    const stops: (string | null)[] = [];
    while (stops.at(-1) !== 'Message' && stops.length < 12) {
      await page.keyboard.press('Tab');
      stops.push(
        (await page.evaluate(
          'document.activeElement.getAttribute("aria-label") ?? document.activeElement.textContent',
        )) as string | null,
      );
    }
    const ofMessages = ['Reply to this message', 'More'];
    assert.deepEqual(stops.slice(0, 2), ofMessages, 'the newest message’s');
    assert.ok(!stops.slice(2).some((stop) => ofMessages.includes(stop!)), 'and no other’s');
    assert.equal(stops.at(-1), 'Message', stops.join());

    await article('line 5 was read').locator('.text').last().click({ button: 'right' });
    const item = (name: string) => page.getByRole('menu').getByRole('menuitem', { name });
    await item('Copy text').waitFor();
    assert.deepEqual(await page.getByRole('menuitem').allTextContents(), [
      'Reply',
      'Copy text',
      'Delete for everyone',
    ]);
    await page.keyboard.press('Escape');
    await page.getByRole('menu').waitFor({ state: 'detached' });
    await messages(page).focus();
    await page.keyboard.press('ArrowUp');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await item('Edit').waitFor();
    await page.keyboard.press('ArrowUp');
    await page.keyboard.press('ArrowUp');
    await page.keyboard.press('Enter');
    await eventually(
      'the last item but one is chosen',
      async () => (await box(page).inputValue()) === 'Anna',
    );
    assert.deepEqual(problems, []);
  },
);

test(
  'a guest shows a photo and a song on the profile, and opens the link that the host has, who need not be asked',
  options,
  async (t) => {
    const { page, problems } = await openChat(
      t,
      (bot) => {
        bot.command('start', async (ctx) => {
          const { photos } = await ctx.api.getUserProfilePhotos(ctx.from!.id);
          const { audios } = await ctx.api.getUserProfileAudios(ctx.from!.id);
          return ctx.reply(`${ctx.match}: ${photos.length} photo, ${audios[0]?.title}`);
        });
        bot.command('invite', async (ctx) => {
          const link = `https://t.me/${ctx.me.username}?start=guest-1`;
          return ctx.replyWithPhoto(new InputFile(await plainPortrait(1), 'qr.png'), { caption: link });
        });
      },
      claimed,
    );
    const person = (name: RegExp) => page.getByRole('radio', { name });
    await person(/Gina/).check({ force: true });
    await page.getByText('Holly hasn’t made a guest link yet: /invite makes one.').waitFor();
    await page.getByRole('button', { name: 'Write as Holly' }).click();
    await write(page, '/invite');
    const link = messages(page).getByRole('button', { name: /guest-1/ });
    await link.waitFor();
    await person(/Gina/).check({ force: true });
    const portrait = { name: 'me.jpg', mimeType: 'image/jpeg', buffer: Buffer.from(await plainPortrait(1)) };
    await page.getByLabel('Profile photo…').setInputFiles(portrait);
    await page.getByRole('button', { name: 'Another profile photo' }).waitFor();
    const song = Buffer.from(await encodeMp3(silence(44_100), { title: 'Queen', artist: 'ABBA' }));
    await page
      .getByLabel('Profile song…')
      .setInputFiles({ name: 'queen.mp3', mimeType: 'audio/mpeg', buffer: song });
    await page.getByRole('button', { name: 'Profile song: Queen' }).waitFor();
    await page.getByRole('button', { name: 'Open Holly’s guest link' }).click();
    await messages(page).getByText('guest-1: 1 photo, Queen').waitFor();
    await person(/Holly/).check({ force: true });
    await link.waitFor();
    assert.equal(await messages(page).getByText('/invite', { exact: true }).count(), 1, 'Holly said it once');
    assert.deepEqual(problems, []);
  },
);

test(
  'a co-host’s link in the host’s chat is opened by somebody else, who has a button for it until then',
  options,
  async (t) => {
    let isCoHost = false;
    const { page, problems } = await openChat(
      t,
      (bot) => {
        bot.command('start', async (ctx) => {
          if (ctx.match === 'cohost-1') {
            isCoHost = true;
            await ctx.api.setMyCommands([{ command: 'start_party', description: 'Begin' }], {
              scope: { type: 'chat', chat_id: ctx.chat.id },
            });
            return ctx.reply('You are a co-host.');
          }
          return ctx.reply('I take no orders from you.');
        });
        bot.command('cohost', (ctx) => ctx.reply(`https://t.me/${ctx.me.username}?start=cohost-1`));
      },
      claimed,
    );
    const person = (name: RegExp) => page.getByRole('radio', { name });
    const link = page.getByRole('button', { name: 'Open Holly’s co-host link' });
    await person(/Cole/).check({ force: true });
    await page.getByRole('button', { name: 'Start', exact: true }).click();
    await messages(page).getByText('no orders').waitFor();

    await person(/Holly/).check({ force: true });
    await write(page, '/cohost');
    const made = messages(page).getByRole('button', { name: /cohost-1/ });
    await made.waitFor();
    await person(/Cole/).check({ force: true });
    await link.waitFor();
    await person(/Holly/).check({ force: true });
    await made.click();
    await page
      .getByRole('dialog', { name: 'Who opens this link?' })
      .getByRole('button', { name: /Cole/ })
      .click();
    await messages(page).getByText('You are a co-host.').waitFor();
    assert.ok(isCoHost && (await person(/Cole/).isChecked()));
    await link.waitFor({ state: 'detached' });
    assert.deepEqual(problems, []);
  },
);

test('several photos together are an album with one caption', options, async (t) => {
  const seen: (string | undefined)[][] = [];
  const { page } = await openChat(t, (bot) => {
    bot.on('message:photo', async (ctx) => {
      seen.push([ctx.message.media_group_id, ctx.message.caption]);
      if (seen.length === 2) await ctx.reply('Both came.');
    });
  });
  await attach(page, [sampleFile(2), sampleFile(4)]);
  await write(page, 'Ben');
  await messages(page).getByText('Both came.').waitFor();
  const [first, second] = seen;
  assert.ok(first![0]);
  assert.equal(first![0], second![0]);
  assert.deepEqual([first![1], second![1]], ['Ben', undefined]);
  const album = messages(page).getByRole('article', { name: /You/ });
  assert.equal(await album.count(), 1);
  assert.equal(await album.locator('img').count(), 2);
});

test('a picture can be pasted, a file dropped, and both taken back', options, async (t) => {
  const { page } = await openChat(t);
  const tray = page.getByRole('list', { name: 'Files to send' });
  const transfer = (name: string, type: string) =>
    page.evaluateHandle(
      `(() => { const data = new DataTransfer(); data.items.add(new File(['x'], '${name}', { type: '${type}' })); return data; })()`,
    );
  const pasted = await transfer('pasted.png', 'image/png');
  await box(page).evaluate((element, clipboardData) => {
    const { ClipboardEvent } = globalThis as unknown as { ClipboardEvent: new (...init: unknown[]) => Event };
    element.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true }));
  }, pasted);
  await tray.getByText('pasted.png').waitFor();
  const region = page.getByRole('region', { name: 'Chat' });
  await region.dispatchEvent('drop', { dataTransfer: await transfer('song.mp3', 'audio/mpeg') });
  await tray.getByText('song.mp3').waitFor();
  await page.getByRole('button', { name: 'Remove pasted.png' }).click();
  await page.getByRole('button', { name: 'Remove song.mp3' }).click();
  await tray.waitFor({ state: 'detached' });
});

test('what cannot be sent is said in words, and nothing that was written is lost', options, async (t) => {
  const { page } = await openChat(t);
  await attach(page, [sampleFile(1).replace(/sample1\.jpg$/, '../package.json')]);
  await box(page).fill('x'.repeat(1025));
  await page.getByRole('button', { name: 'Send' }).click();
  await page.getByRole('status').getByText(/1024/).waitFor();
  assert.equal((await box(page).inputValue()).length, 1025);
  await page.getByRole('list', { name: 'Files to send' }).getByText('package.json').waitFor();
});

test(
  'a file that is not taken is marked, with its name and why; the others go, and a message is deleted',
  options,
  async (t) => {
    const { page, telegram } = await openChat(t);
    const folder = await emptyFolder();
    const [bad, empty, torn] = ['bad.jpg', 'empty.jpg', 'torn.jpg'].map((name) => join(folder, name));
    const picture = Buffer.from(await plainPortrait(1));
    await Promise.all([
      writeFile(bad!, 'no picture'),
      writeFile(empty!, ''),
      writeFile(torn!, picture.subarray(0, picture.length / 3)),
    ]);
    await attach(page, [bad!, sampleFile(1), empty!, torn!]);
    await box(page).fill('Anna');
    await page.getByRole('button', { name: 'Send', exact: true }).click();
    const tray = page.getByRole('list', { name: 'Files to send' });
    const item = (name: string) => tray.getByRole('listitem').filter({ hasText: name });
    const refused = (name: string) => item(name).getByRole('alert');
    await refused('bad.jpg').getByText('Not sent. This is not a picture').waitFor();
    await refused('empty.jpg').getByText('Not sent. The file is empty.').waitFor();
    await refused('torn.jpg').getByText('Not sent. The picture is damaged or cut off.').waitFor();
    assert.equal(await tray.getByRole('listitem').count(), 3);
    const asFile = { name: 'Send as a file' };
    assert.equal(await item('bad.jpg').getByRole('button', asFile).count(), 1);
    assert.equal(
      await item('torn.jpg').getByRole('button', asFile).count(),
      0,
      'it would be damaged then, too',
    );
    assert.ok(await page.getByRole('button', { name: 'Send', exact: true }).isDisabled(), 'they go no more');
    assert.equal(await box(page).inputValue(), '', 'the caption went with the one that was sent');
    const own = messages(page).getByRole('article', { name: /You/ });
    await own.filter({ hasText: 'Anna' }).getByRole('button', { name: 'More' }).click();
    await page.getByRole('menuitem', { name: 'Delete for everyone' }).click();
    await own.waitFor({ state: 'detached' });
    const [chat] = telegram.telegram.chats.all();
    assert.deepEqual(telegram.telegram.messages.all(chat!), []);
    await write(page, 'Never mind');
    await own.filter({ hasText: 'Never mind' }).waitFor();
    await tray.waitFor({ state: 'detached' });
    assert.equal(telegram.telegram.messages.all(chat!).length, 1);
  },
);

test('a song plays where it stands', options, async (t) => {
  const song = await encodeMp3(silence(5 * 44_100), { title: 'Deck the Halls', artist: 'Trad.' });
  const { page, problems } = await openChat(t, (bot) => {
    bot.on('message:text', async (ctx) => {
      for (const title of ['Deck the Halls', 'The Holly and the Ivy']) {
        await ctx.replyWithAudio(new InputFile(song, 'song.mp3'), { title, performer: 'Trad.' });
      }
    });
  });
  await write(page, 'Play');
  const play = (title: string) => messages(page).getByRole('button', { name: `Play ${title}` });
  const pause = (title: string) => messages(page).getByRole('button', { name: `Pause ${title}` });
  await play('Deck the Halls').click();
  await pause('Deck the Halls').waitFor();
  await messages(page).getByText('0:01 / 0:05').waitFor();
  await play('The Holly and the Ivy').click();
  await play('Deck the Halls').waitFor();
  const chats = page.getByRole('navigation', { name: 'Chats' });
  await chats.getByRole('button', { name: 'Party' }).click();
  await page
    .getByRole('region', { name: 'Playing' })
    .getByRole('button', { name: 'Pause The Holly and the Ivy' })
    .waitFor();
  await chats.getByRole('button', { name: 'Musical Joy' }).click();
  await pause('The Holly and the Ivy').click();
  await play('The Holly and the Ivy').waitFor();
  assert.deepEqual(problems, []);
});

test('the bot’s commands are offered, chosen by keyboard and sent', options, async (t) => {
  const { page } = await openChat(t, (bot) => {
    bot.command('guests', (ctx) => ctx.reply('Nobody is invited yet.'));
    bot.command('start', async (ctx) => {
      await ctx.api.setMyCommands([
        { command: 'guests', description: 'Who is invited' },
        { command: 'songs', description: 'What is played' },
      ]);
      await ctx.reply('Welcome');
    });
  });
  await write(page, '/start');
  await page.getByRole('button', { name: 'Commands' }).click();
  await page.getByRole('option', { name: /songs/ }).waitFor();
  await box(page).fill('/g');
  await page.getByRole('option', { name: /songs/ }).waitFor({ state: 'detached' });
  assert.equal(await page.getByRole('option').count(), 1);
  await box(page).press('ArrowDown');
  await box(page).press('Enter');
  await messages(page).getByText('Nobody is invited yet.').waitFor();
});

test('another person has other chats, and what is unread is counted', options, async (t) => {
  const { page } = await openChat(
    t,
    (bot) => {
      bot.hears('hello all', (ctx) => ctx.reply('Hello everyone'));
    },
    claimed,
  );
  const chats = page.getByRole('navigation', { name: 'Chats' });
  await chats.getByRole('button', { name: 'Party' }).click();
  await write(page, 'hello all');
  await messages(page).getByText('Hello everyone').waitFor();

  await page.getByRole('radio', { name: /Gina/ }).check({ force: true });
  await chats.getByRole('img', { name: '2 unread' }).waitFor();
  await eventually('the tab says so', async () => (await page.title()) === '(2) Musical Joy');
  await chats.getByRole('button', { name: 'Party' }).click();
  await messages(page).getByRole('article', { name: /Holly/ }).getByText('hello all').waitFor();
  await chats.getByRole('img', { name: /unread/ }).waitFor({ state: 'detached' });
  await page.reload();
  await chats.getByRole('button', { name: 'Party' }).waitFor();
  assert.ok(await page.getByRole('radio', { name: /Gina/ }).isChecked());
});

test('a new group can be made with the bot in it', options, async (t) => {
  const { page, problems } = await openChat(t, (bot) => {
    bot.on('message:text', (ctx) => ctx.reply(`Hello ${ctx.chat.title}`));
  });
  await page.getByRole('button', { name: 'New group' }).click();
  const dialog = page.getByRole('dialog', { name: 'New group' });
  await dialog.getByRole('textbox').fill('Neighbours');
  await dialog.getByRole('checkbox', { name: /Cole/ }).check();
  await dialog.getByRole('button', { name: 'Make the group' }).click();
  await dialog.waitFor({ state: 'detached' });
  await write(page, 'hi');
  await messages(page).getByText('Hello Neighbours').waitFor();
  assert.deepEqual(problems, []);
});

test('the bot is seen typing until it answers', options, async (t) => {
  const { promise: mayAnswer, resolve: answerNow } = withResolvers();
  const { page } = await openChat(t, (bot) => {
    bot.on('message:text', async (ctx) => {
      await ctx.replyWithChatAction('typing');
      await mayAnswer;
      await ctx.reply('Done.');
    });
  });
  await write(page, 'Think');
  await page.getByText('Musical Joy is typing…').waitFor();
  answerNow();
  await messages(page).getByText('Done.').waitFor();
  await page.getByText('is typing…').waitFor({ state: 'detached' });
});

test('a lost connection is said, and what was missed comes when it is back', options, async (t) => {
  const server = await startPage(t, local);
  const page = (await openPage(await openBrowser(t), server.address)).page;
  await write(page, 'before');
  await messages(page).getByText('before').waitFor();
  await server.stop();
  await page.getByText('The connection is lost').waitFor();
  await page.getByText('No connection').waitFor();

  const { telegram } = server.telegram;
  const chat = telegram.chats.all().find(({ type }) => type === 'private')!;
  telegram.post(chat, telegram.bot, { text: 'while you were away' });
  await server.start();
  await messages(page).getByText('while you were away').waitFor();
  await page.getByText('The connection is lost').waitFor({ state: 'detached' });
  await page.getByText('No connection').waitFor({ state: 'detached' });
});

test('a page in the background listens no more, and catches up when it is looked at', options, async (t) => {
  const server = await startPage(t, local);
  const page = (await openPage(await openBrowser(t), server.address)).page;
  await write(page, 'before');
  await messages(page).getByText('before').waitFor();
  const look = (hidden: boolean) =>
    page.evaluate(`
      Object.defineProperty(document, 'hidden', { value: ${hidden}, configurable: true });
      document.dispatchEvent(new Event('visibilitychange'));
    `);
  await page.clock.install();
  await look(true);
  const { telegram } = server.telegram;
  const chat = telegram.chats.all().find(({ type }) => type === 'private')!;
  telegram.post(chat, telegram.bot, { text: 'while you looked elsewhere' });
  await page.clock.fastForward(15_000);
  await eventually('the tab says that there is one', async () => (await page.title()) === '(1) Musical Joy');
  const listensAgain = page.waitForRequest(/\/telegram\/events/);
  await look(false);
  await listensAgain;
  await messages(page).getByText('while you looked elsewhere').waitFor();
});

test('on a phone, chat and door take turns', options, async (t) => {
  const { address } = await startPage(t, local);
  const viewport = { width: 390, height: 844 };
  const { page } = await openPage(await openBrowser(t), address, {
    viewport,
    isMobile: true,
    hasTouch: true,
  });
  await box(page).waitFor();
  const door = page.getByRole('heading', { name: 'At the door' });
  await door.waitFor({ state: 'hidden' });
  await page.getByRole('button', { name: 'At the door' }).click();
  await door.waitFor();
  await box(page).waitFor({ state: 'hidden' });
  const width = await page.evaluate('document.documentElement.scrollWidth');
  assert.equal(width, 390, 'nothing reaches over the edge');
});

test(
  'contacts are shared on a phone: up to ten pictures, each with a name, by the bot’s button',
  options,
  async (t) => {
    const server = await startPage(t, local);
    const asking = new Keyboard().requestUsers('Choose contacts', 1, {
      max_quantity: 2,
      request_name: true,
      request_photo: true,
    });
    await server.runBot((bot) => {
      bot.on('message:users_shared', (ctx) => {
        const shared = ctx.message.users_shared.users.map(
          ({ first_name, photo }) => `${first_name} ${photo?.at(-1)?.width}`,
        );
        return ctx.reply(`Got ${shared.join(', ')}`, { reply_markup: { remove_keyboard: true } });
      });
      bot.on('message', (ctx) => ctx.reply('Who comes?', { reply_markup: asking }));
    });
    const phone = { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true };
    const { page, problems } = await openPage(await openBrowser(t), server.address, phone);
    await write(page, 'hi');
    await page.getByRole('button', { name: 'Choose contacts' }).click();
    const picker = page.getByRole('dialog', { name: 'Contacts' });
    const share = picker.getByRole('button', { name: 'Share' });
    assert.ok(await share.isDisabled());
    assert.ok(
      await picker.getByLabel('Pictures of contacts').isHidden(),
      'a button of the page chooses them',
    );
    const picture = await plainPortrait(1);
    const files = ['anna-kovacs.jpg', 'IMG_0815.JPG', 'more.png'];
    await picker
      .getByLabel('Pictures of contacts')
      .setInputFiles(files.map((name) => ({ name, mimeType: 'image/jpeg', buffer: picture })));
    await page.getByText('At most 2 at once').waitFor();
    assert.equal(await picker.getByLabel('Name for anna-kovacs.jpg').inputValue(), 'anna kovacs');
    await picker.getByLabel('Name for IMG_0815.JPG').fill('Berta');
    assert.equal(await page.evaluate('document.documentElement.scrollWidth'), 390);
    await share.click();
    await messages(page).getByText('Got anna kovacs 640, Berta 640').waitFor();
    await messages(page).getByText('Holly Winters shared anna kovacs, Berta with the bot').waitFor();
    await picker.waitFor({ state: 'detached' });
    await page.getByRole('button', { name: 'Choose contacts' }).waitFor({ state: 'detached' });
    assert.deepEqual(problems, []);
  },
);

test('who sees the newest message goes on seeing it when the window changes', options, async (t) => {
  const { page } = await openChat(t);
  const long = 'a line that is long enough to be broken where the window is narrow. '.repeat(4);
  for (let i = 1; i <= 8; i++) await write(page, `${i}: ${long}`);
  const newest = messages(page).getByText('8: a line');
  await newest.waitFor();
  for (const size of [
    { width: 390, height: 844 },
    { width: 390, height: 420 },
    { width: 1280, height: 800 },
    { width: 700, height: 500 },
  ]) {
    await page.setViewportSize(size);
    await page.waitForFunction(
      (list) => {
        const { scrollHeight, scrollTop, clientHeight } = list as unknown as Record<string, number>;
        return scrollHeight! - scrollTop! - clientHeight! < 2;
      },
      await messages(page).elementHandle(),
      { timeout: 5_000 },
    );
    await page.getByRole('button', { name: 'Go to the newest message' }).waitFor({ state: 'detached' });
  }
});

test('with the real Telegram the page leads to the bot there', options, async (t) => {
  const mode: ChatMode = { mode: 'telegram', botUsername: 'joy_bot', startCode: 'a b' };
  const { address } = await startPage(t, mode);
  const { page } = await openPage(await openBrowser(t), address);
  const link = page.getByRole('link', { name: 'Open @joy_bot' });
  assert.equal(await link.getAttribute('href'), 'https://t.me/joy_bot?start=a%20b');
  await page.getByRole('heading', { name: 'At the door' }).waitFor();
});

function withResolvers(): { promise: Promise<void>; resolve: () => void } {
  let resolve!: () => void;
  const promise = new Promise<void>((done) => {
    resolve = done;
  });
  return { promise, resolve };
}

test(
  'a page that is left open while the house becomes another one has the Start button again',
  options,
  async (t) => {
    let isClaimed = true;
    const { page, stop, start } = await openChat(
      t,
      (bot) => bot.on('message', (ctx) => ctx.reply('Hello.')),
      () => (isClaimed ? claimed : local),
    );
    await write(page, 'hi');
    await messages(page).getByText('Hello.').waitFor();
    const button = page.getByRole('button', { name: 'Start', exact: true });
    assert.equal(await button.count(), 0);
    await stop();
    isClaimed = false;
    await start();
    await button.waitFor();
  },
);

test(
  'what one wrote, and the caption of a photo, can be changed, and the bot is told',
  options,
  async (t) => {
    const edits: string[] = [];
    const { page, problems } = await openChat(t, (bot) => {
      bot.on('edited_message', (ctx) => {
        edits.push(ctx.editedMessage.text ?? ctx.editedMessage.caption ?? '');
        return ctx.reply('I have seen it.');
      });
    });
    await page.getByRole('button', { name: 'Start', exact: true }).click();
    await attach(page, [sampleFile(1)]);
    await write(page, 'Ana');
    const photo = messages(page).getByRole('article', { name: /^You/ }).last();
    await photo.getByText('Ana', { exact: true }).waitFor();
    await photo.hover();
    await photo.getByRole('button', { name: 'More' }).click();
    await page.getByRole('menuitem', { name: 'Edit' }).click();
    await eventually('its words are there', async () => (await box(page).inputValue()) === 'Ana');
    await write(page, 'Anna');
    await photo.getByText('Anna', { exact: true }).waitFor();
    await photo.getByText(/^edited/).waitFor();
    await messages(page).getByText('I have seen it.').waitFor();
    assert.deepEqual(edits, ['Anna']);
    await photo.hover();
    await photo.getByRole('button', { name: 'More' }).click();
    await page.getByRole('menuitem', { name: 'Edit' }).click();
    await eventually('its words are there again', async () => (await box(page).inputValue()) === 'Anna');
    await box(page).press('Escape');
    await eventually('it is given up', async () => (await box(page).inputValue()) === '');
    assert.deepEqual(problems, []);
  },
);

test('a picture is printed with its words, and nothing else of the page', options, async (t) => {
  const { page, problems } = await openChat(t, (bot) => {
    bot.on('message:text', (ctx) =>
      ctx.replyWithPhoto(new InputFile(sampleFile(1)), { caption: 'Who came' }),
    );
  });
  await page.getByRole('button', { name: 'Start', exact: true }).click();
  // A headless browser has no printer.
  await page.evaluate("print = () => { document.title = 'printing'; }");
  const answer = messages(page).getByRole('article').last();
  await answer.getByText('Who came').waitFor();
  await answer.hover();
  await answer.getByRole('button', { name: 'More' }).click();
  await page.getByRole('menuitem', { name: 'Print photo' }).click();
  await eventually('it is printed', async () => (await page.title()) === 'printing');
  await page.emulateMedia({ media: 'print' });
  const sheet = page.locator('.printed');
  await sheet.getByText('Who came').waitFor();
  assert.ok((await sheet.locator('img').boundingBox())!.width > 300);
  await messages(page).waitFor({ state: 'hidden' });
  await page.evaluate("dispatchEvent(new Event('afterprint'))");
  await sheet.waitFor({ state: 'detached' });
  await messages(page).waitFor();
  assert.deepEqual(problems, []);
});

test('a link that starts the bot, in a group, starts it here for whoever opens it', options, async (t) => {
  const { page, problems, bot } = await openChat(t, (build) => {
    build.on('message:text', (ctx) =>
      ctx.chat.type === 'private'
        ? ctx.reply(`You said ${ctx.msg.text}`)
        : ctx.reply(
            `Open https://t.me/${ctx.me.username}?start=a-code, not https://t.me/another_bot?start=b`,
          ),
    );
  });
  await page.getByRole('button', { name: 'Party' }).click();
  await write(page, '/hello');
  const said = messages(page).getByText(/^Open/);
  await said.waitFor();
  assert.equal(await said.getByRole('link').count(), 1, 'another bot’s leads elsewhere');
  await said.getByRole('button', { name: `https://t.me/${bot.botInfo.username}?start=a-code` }).click();
  await messages(page).getByText('You said /start a-code').waitFor();
  assert.deepEqual(problems, []);
});
