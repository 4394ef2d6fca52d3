import sharp from 'sharp';
import { startHouse } from '../local/house.ts';
import { says } from '../test/support/bot-house.ts';
import { emptyFolder } from '../test/support/folder.ts';
import { claim } from '../test/support/house.ts';
import { portrait } from '../test/support/portraits.ts';
import { silentMp3 } from '../test/support/silence.ts';
import { PersonClient } from '../test/support/telegram/person-client.ts';
import { type Figure, spread } from './figure.ts';

const times = 20;

/** From a person's tap to the answer on the person's screen, in a whole house of this machine. */
export async function chatBench(): Promise<Figure[]> {
  const folder = await emptyFolder();
  const anyPort = { number: 0, asked: true };
  const house = await startHouse({ folder, port: anyPort, awsPort: anyPort });
  const host = await PersonClient.connect(`${house.pageUrl}/telegram`, 'host');
  try {
    await claim(house, host);
    await host.waitForMessage(says(/1\. Send me a photo/));
    // The carols are rendered at the first start; nothing else is to be under way.
    await house.carols;
    return [
      ...(await turns('a text', () => textAnswered(host))),
      ...(await turns('a photo', await photoAnswered(host))),
      ...(await turns('a button', await buttonAnswered(host))),
    ];
  } finally {
    await host.close();
    await house.close();
  }
}

async function textAnswered(host: PersonClient): Promise<void> {
  await host.say(host.bot, '/status');
  await host.waitForMessage(says(/^No party’s on/));
}

/** Photos that differ, all of one face: each is enrolled. */
async function photoAnswered(host: PersonClient): Promise<(turn: number) => Promise<void>> {
  const face = await portrait('anna');
  const photos = await Promise.all(
    Array.from({ length: times + 1 }, (_, turn) =>
      sharp(face)
        .modulate({ brightness: 0.9 + turn / 100 })
        .jpeg()
        .toBuffer(),
    ),
  );
  return async (turn) => {
    await host.sendPhoto(host.bot, photos[turn]!, { caption: 'Anna' });
    await host.waitForMessage(says(/^Got it, /), { timeout: 30_000 });
  };
}

/** The button of a song in the list of songs: it asks whose song it is. */
async function buttonAnswered(host: PersonClient): Promise<() => Promise<void>> {
  await host.sendAudio(host.bot, silentMp3(100, { title: 'Song' }), 'song.mp3');
  await host.waitForMessage(says(/Whose song is it/));
  await host.say(host.bot, '/songs');
  const list = await host.waitForMessage(says(/Tap a song/));
  const markup = list.reply_markup;
  const button = markup && 'inline_keyboard' in markup ? markup.inline_keyboard[0]?.[0] : undefined;
  if (!button) throw new Error('The list of songs has no button.');
  return async () => {
    await host.pressAndWait(list, button.text);
  };
}

/** So many turns, after one that does not count. */
async function turns(what: string, answered: (turn: number) => Promise<void>): Promise<Figure[]> {
  await answered(0);
  const taken: number[] = [];
  for (let turn = 1; turn <= times; turn++) {
    const start = performance.now();
    await answered(turn);
    taken.push(performance.now() - start);
  }
  return spread(`from ${what} to its answer`, taken, 'ms');
}
