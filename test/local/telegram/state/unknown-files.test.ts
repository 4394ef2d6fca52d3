import assert from 'node:assert/strict';
import { existsSync, utimesSync } from 'node:fs';
import { test } from 'node:test';
import { Telegram } from '../../../../local/telegram/telegram.ts';
import { beginChatAnew } from '../../../support/chat-anew.ts';
import { emptyFolder } from '../../../support/folder.ts';

const token = '4200000001:TEST_token-of_the-bot';
const hoursAgo = (hours: number): Date => new Date(Date.now() - hours * 60 * 60 * 1000);

test('a file that no message ever showed is removed an hour later, and never one that is shown', async () => {
  const folder = await emptyFolder();
  const first = new Telegram({ folder, token });
  const shown = await first.files.write('document', Buffer.from('shown'), 'part');
  const { path: _path, ...document } = shown;
  first.post(
    first.chats.all()[0]!,
    first.self,
    { document },
    {
      with: [first.files.put({ ...shown, kind: 'document', mime_type: 'text/plain', media: { document } })],
    },
  );
  const old = await first.files.write('photo', Buffer.from('old'), 'jpg');
  const young = await first.files.write('photo', Buffer.from('young'), 'jpg');
  const place = (file: { path: string }) => first.files.place(file);
  for (const file of [shown, old]) utimesSync(place(file), hoursAgo(2), hoursAgo(2));
  await first.close();

  await new Telegram({ folder, token }).close();
  assert.deepEqual(
    [shown, old, young].map((file) => existsSync(place(file))),
    [true, false, true],
  );

  await beginChatAnew(folder);
  await new Telegram({ folder, token }).close();
  assert.ok(existsSync(place(shown)), 'a journal that was lost may come back');
});
