/**
 * Makes docs/arrival.webp, the README's picture, which moves: an arrival on the real page of the real program, in the
 * time that it takes, with a drawn guest before the webcam. `npm run picture`; it needs Chromium.
 *
 * No engine takes a drawing for a person, and no photo of a person belongs into the README. So the records of the
 * guest's face are put on the data stream from here, as the stream processor would; all behind that is the product.
 */
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { KinesisClient, PutRecordCommand } from '@aws-sdk/client-kinesis';
import {
  ListStreamProcessorsCommand,
  RekognitionClient,
  StopStreamProcessorCommand,
} from '@aws-sdk/client-rekognition';
import type { Page } from 'playwright-core';
import { renderCarol } from '../../carols/index.ts';
import { names } from '../../local/environment.ts';
import { startHouse } from '../../local/house.ts';
import type { House } from '../../local/house-options.ts';
import type { FaceSearchRecordJson } from '../../party/record/record.ts';
import { ratioBox } from '../../producer/search/face-detail.ts';
import { launchBrowser, openPage, webcamFrom } from '../../test/support/browser.ts';
import { chooseCamera, door, messages } from '../../test/support/by-hand.ts';
import { emptyFolder } from '../../test/support/folder.ts';
import { claim, startParty } from '../../test/support/house.ts';
import { PersonClient } from '../../test/support/telegram/person-client.ts';
import { face, size } from './drawn-door.ts';
import { isGuestIn, writeFilm } from './film.ts';
import { recordPage, writeMoving } from './recording.ts';

const target = fileURLToPath(new URL('../../docs/arrival.webp', import.meta.url));

/** Whenever the picture is made, it is eight in the evening at the party. */
const hoursAhead = ((20 - new Date().getUTCHours() + 11) % 24) - 11;
/** POSIX counts west of Greenwich, so the sign is the other way round. */
const timeZone = `Etc/GMT${hoursAhead > 0 ? '-' : '+'}${Math.abs(hoursAhead)}`;

/** So long before the guest stands there the picture begins, in milliseconds. */
const before = 3_000;

const folder = await emptyFolder();
process.env.PARTY_TZ = timeZone;
const anyPort = { number: 0, asked: true };
const house = await startHouse({ folder, port: anyPort, awsPort: anyPort });
const host = await PersonClient.connect(`${house.pageUrl}/telegram`, 'host');
await invite();
await takePicture();
await host.close();
await house.close();

/** Guests, each known by a face, and Anna's song. */
async function invite(): Promise<void> {
  const { guests, people } = house.services;
  await claim(house, host);
  for (const name of ['Anna', 'Ben', 'Clara', 'David']) {
    const faceId = name.toLowerCase();
    await guests.add(name, name);
    await guests.addPhoto(name, { photoId: faceId, faceIds: [faceId], key: `photos/${faceId}` });
    await people.assign(faceId, { kind: 'guest', id: name });
  }
  const { audio } = await renderCarol('deck-the-halls');
  await host.sendAudio(host.bot, audio, 'annas-song.mp3', { caption: 'Anna' });
  await host.waitForMessage(({ caption }) => caption?.includes('will play when Anna arrives') === true);
}

/** The engine would say of every frame that nobody is in it. */
async function stopLooking(): Promise<void> {
  const rekognition = new RekognitionClient();
  const { StreamProcessors = [] } = await rekognition.send(new ListStreamProcessorsCommand());
  for (const { Name } of StreamProcessors) await rekognition.send(new StopStreamProcessorCommand({ Name }));
}

/**
 * Says of every picture of the camera who is in it: nobody, or Anna.
 *
 * @returns when she came, by `performance.now()`
 */
function sayWhoIsThere({ camera }: House): () => number {
  const kinesis = new KinesisClient();
  let since: number | undefined;
  camera.watchPictures(async ({ time, jpeg }) => {
    const isThere = await isGuestIn(jpeg);
    if (isThere) since ??= performance.now();
    const Data = Buffer.from(JSON.stringify(recordOf(time, isThere)));
    kinesis
      .send(new PutRecordCommand({ StreamName: names.dataStream, PartitionKey: 'door', Data }))
      .catch(() => {}); // The house is being closed.
  });
  return () => since ?? 0;
}

function recordOf(time: number, isThere: boolean): FaceSearchRecordJson {
  const seconds = time / 1000;
  return {
    InputInformation: {
      KinesisVideo: {
        StreamArn: `arn:aws:kinesisvideo:${names.region}:${names.account}:stream/${names.videoStream}/1`,
        FragmentNumber: String(time),
        ProducerTimestamp: seconds,
        ServerTimestamp: seconds,
        FrameOffsetInSeconds: 0,
      },
    },
    FaceSearchResponse: isThere
      ? [
          {
            DetectedFace: { BoundingBox: ratioBox(face, size) },
            MatchedFaces: [{ Similarity: 97, Face: { FaceId: 'anna', ExternalImageId: 'Anna' } }],
          },
        ]
      : [],
  };
}

/** Lets the guest come to the webcam, and records the page until all has happened. */
async function takePicture(): Promise<void> {
  const film = path.join(folder, 'webcam.mjpeg');
  await writeFilm(film);
  const browser = await launchBrowser(webcamFrom(film));
  const { page } = await openPage(browser, house.pageUrl, {
    permissions: ['camera'],
    viewport: { width: 1200, height: 750 },
    colorScheme: 'light',
    locale: 'en-GB',
    timezoneId: timeZone,
  });
  await chooseCamera(page, 'Webcam');
  await door(page)
    .getByText(/a second/)
    .waitFor();
  await startParty(host);
  await stopLooking();
  const guestSince = sayWhoIsThere(house);
  const recording = recordPage(page);
  await arrived(page);
  const bytes = await writeMoving(await recording.end(guestSince() - before), target);
  await browser.close();
  console.log(`${target}: ${Math.ceil(bytes / 1000)} kB`);
}

async function arrived(page: Page): Promise<void> {
  await messages(page)
    .getByRole('group', { name: /^Song: / })
    .last()
    .waitFor();
  const snapshot = messages(page).getByRole('img', { name: 'Photo' });
  await snapshot.waitFor();
  await snapshot.evaluate((img: { decode(): Promise<void> }) => img.decode());
  await door(page).locator('.face.known', { hasText: 'Anna' }).waitFor();
}
