import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Ready, readyNotice } from '../../local/ready-notice.ts';

const ready: Ready = {
  seconds: 2.345,
  pageUrl: 'http://127.0.0.1:8080',
  awsUrl: 'http://127.0.0.1:4566',
  data: '.joy',
  ownCamera: false,
  carols: { number: 8, ready: true },
};

test('who brings nothing reads what is there, that all stays, and what one may bring', () => {
  assert.equal(
    readyNotice(ready),
    `Ready in 2.3 s: faces, AWS on this machine, a bot to try, 8 carols.
Page: http://127.0.0.1:8080
AWS:  http://127.0.0.1:4566
Data: .joy (delete that folder and it is all gone). Nothing leaves this machine.
Yours: put BOT_TOKEN=… for your own Telegram bot and CAMERA_URL=… for your camera into a file .env; .env.example shows how.`,
  );
});

test('who brings a bot and a camera is told of Telegram, and of nothing to bring', () => {
  const notice = readyNotice({ ...ready, ownBot: 'joy_bot', ownCamera: true });
  assert.match(notice, /your bot @joy_bot/);
  assert.match(notice, /goes through Telegram; nothing else leaves this machine\.$/);
});

test('carols that are still being made are not said to be there', () => {
  assert.match(
    readyNotice({ ...ready, carols: { number: 8, ready: false } }),
    /8 carols in a few seconds\.$/m,
  );
});
