import { createReadStream, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { InlineKeyboard, InputFile } from 'grammy';
import { openBrowser, openPage } from '../../support/browser.ts';
import { startPage } from './page-server.ts';

test('preview', async (t) => {
  const server = await startPage(t, { mode: 'local', startCode: 'abc' });
  const seven = readFileSync('node_modules/@vladmandic/face-api/demo/sample1.jpg');
  const bot = await server.runBot((bot) => {
    bot.command('start', (ctx) =>
      ctx.reply(
        'Welcome <b>Holly</b>! Your house is claimed.\n\nSend me a <i>photo</i> with a name, or see /guests and /songs. More at <a href="https://example.org">the docs</a>; code: <code>npm start</code>',
        { parse_mode: 'HTML' },
      ),
    );
    bot.command('party', async (ctx) => {
      const m = await ctx.reply('The party is on until <b>01:00</b>.', {
        parse_mode: 'HTML',
        reply_markup: new InlineKeyboard()
          .text('+1 h', 'more')
          .text('End now', 'end')
          .row()
          .url('Help', 'https://example.org'),
      });
      const s = await ctx.replyWithAudio(new InputFile(process.env.SONG!, 'carol.wav'), {
        caption: '🎶 <b>Anna</b> is here, 20:14',
        parse_mode: 'HTML',
        title: 'Deck the Halls',
        performer: 'Musical Joy',
        duration: 95,
      });
      await ctx.replyWithPhoto(new InputFile(seven, 'a.jpg'), {
        reply_parameters: { message_id: s.message_id },
        reply_markup: new InlineKeyboard().text('Not Anna', 'x').text('Another song', 'y'),
      });
      await ctx.replyWithChatAction('typing');
    });
    bot.on('message:photo', (ctx) =>
      ctx.reply(`${ctx.message.caption ?? 'Who is it?'} is a guest now.`, {
        reply_parameters: { message_id: ctx.message.message_id },
      }),
    );
    bot.on('callback_query:data', (ctx) =>
      ctx.answerCallbackQuery({ text: 'One hour more.', show_alert: ctx.callbackQuery.data === 'end' }),
    );
  });
  await bot.api.setMyCommands([
    { command: 'start_party', description: 'Begin a party' },
    { command: 'end_party', description: 'End the party' },
    { command: 'guests', description: 'Who is invited' },
    { command: 'songs', description: 'What is played' },
  ]);
  const browser = await openBrowser(t);
  const { page, problems } = await openPage(browser, server.address);
  await page.getByRole('button', { name: 'Start', exact: true }).waitFor();
  await page.screenshot({ path: '/tmp/preview/1-welcome.png' });
  await page.getByRole('button', { name: 'Start', exact: true }).click();
  await page.getByText('Your house is claimed').waitFor();
  await page.getByRole('textbox', { name: 'Message' }).fill('/');
  await page.getByRole('listbox', { name: 'Commands' }).waitFor();
  await page.screenshot({ path: '/tmp/preview/2-commands.png' });
  await page.getByRole('textbox', { name: 'Message' }).fill('/party');
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: 'Not Anna' }).waitFor();
  await page.getByRole('button', { name: '+1 h' }).click();
  await page.getByText('One hour more').waitFor();
  await server.camera.playFile('door.mp4', createReadStream(process.env.VIDEO!), true);
  await page.getByRole('img', { name: 'What the camera sees' }).waitFor();
  await page.screenshot({ path: '/tmp/preview/3-party.png' });
  server.camera.watchPictures((p) =>
    server.seen.tell({
      time: p.time,
      faces: [
        { box: { left: 0.45, top: 0.2, width: 0.12, height: 0.25 }, name: 'Anna', similarity: 97.4 },
        { box: { left: 0.15, top: 0.3, width: 0.1, height: 0.2 } },
        { box: { left: 0.75, top: 0.05, width: 0.05, height: 0.09 }, unusable: 'too small: come closer' },
      ],
    }),
  );
  await page.getByText('Anna 97 %').first().waitFor();
  await page.waitForTimeout(800);
  await page.screenshot({ path: '/tmp/preview/4-faces.png' });
  await page.emulateMedia({ colorScheme: 'dark' });
  await page.screenshot({ path: '/tmp/preview/5-dark.png' });
  await page.getByRole('button', { name: 'End now' }).click();
  await page.getByRole('alertdialog').waitFor();
  await page.screenshot({ path: '/tmp/preview/6-alert.png' });
  await page.getByRole('button', { name: 'OK' }).click();
  await page.emulateMedia({ colorScheme: 'light' });
  await page.setViewportSize({ width: 390, height: 844 });
  await page.waitForTimeout(300);
  await page.screenshot({ path: '/tmp/preview/7-phone-chat.png' });
  await page.getByRole('button', { name: 'Door' }).click();
  await page.waitForTimeout(300);
  await page.screenshot({ path: '/tmp/preview/8-phone-door.png' });
  await page.setViewportSize({ width: 1280, height: 800 });
  await page.getByRole('button', { name: 'Enlarge the photo' }).click();
  await page.waitForTimeout(300);
  await page.screenshot({ path: '/tmp/preview/9-lightbox.png' });
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'New group' }).click();
  await page.waitForTimeout(300);
  await page.screenshot({ path: '/tmp/preview/10-group.png' });
  console.log(problems);
});
