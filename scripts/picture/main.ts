/**
 * Makes docs/arrival.png, the README's picture: the real program and its real page, with a drawn guest before the
 * webcam. `npm run picture`; it needs Chromium.
 *
 * No engine takes a drawing for a person, and no photo of a person belongs into the README. So the records of the
 * guest's face are put on the data stream from here, as the stream processor would; all behind that is the product.
 */
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { KinesisClient, PutRecordCommand } from '@aws-sdk/client-kinesis';
import {
  ListStreamProcessorsCommand,
  RekognitionClient,
  StopStreamProcessorCommand,
} from '@aws-sdk/client-rekognition';
import type { Page } from 'playwright-core';
import sharp from 'sharp';
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
import { drawnDoor, face, size } from './drawn-door.ts';

const target = fileURLToPath(new URL('../../docs/arrival.png', import.meta.url));

/** Whenever the picture is made, it is eight in the evening at the party. */
const hoursAhead = ((20 - new Date().getUTCHours() + 11) % 24) - 11;
/** POSIX counts west of Greenwich, so the sign is the other way round. */
const timeZone = `Etc/GMT${hoursAhead > 0 ? '-' : '+'}${Math.abs(hoursAhead)}`;

const folder = await emptyFolder();
process.env.PARTY_TZ = timeZone;
const anyPort = { number: 0, asked: true };
const house = await startHouse({ folder, port: anyPort, awsPort: anyPort });
const host = await PersonClient.connect(`${house.pageUrl}/telegram`, 'host');
await prepareParty();
await takePicture();
await host.close();
await house.close();

/** Guests, Anna's song, and the party. */
async function prepareParty(): Promise<void> {
  await claim(house, host);
  for (const name of ['Anna', 'Ben', 'Clara', 'David']) await house.services.guests.add(name, name);
  await house.services.people.assign('anna', { kind: 'guest', id: 'Anna' });
  const { audio } = await renderCarol('deck-the-halls');
  await host.sendAudio(host.bot, audio, 'annas-song.mp3', { caption: 'Anna' });
  await host.waitForMessage(({ caption }) => caption?.includes('will play when Anna arrives') === true);
  await startParty(host);
  await stopLooking();
  sayWhoIsThere(house);
}

/** The engine would say of every frame that nobody is in it. */
async function stopLooking(): Promise<void> {
  const rekognition = new RekognitionClient();
  const { StreamProcessors = [] } = await rekognition.send(new ListStreamProcessorsCommand());
  for (const { Name } of StreamProcessors) await rekognition.send(new StopStreamProcessorCommand({ Name }));
}

/** Says of every picture of the camera that Anna is in it. */
function sayWhoIsThere({ camera }: House): void {
  const kinesis = new KinesisClient();
  camera.watchPictures(({ time }) => {
    const Data = Buffer.from(JSON.stringify(recordOf(time)));
    kinesis
      .send(new PutRecordCommand({ StreamName: names.dataStream, PartitionKey: 'door', Data }))
      .catch(() => {}); // The house is being closed.
  });
}

function recordOf(time: number): FaceSearchRecordJson {
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
    FaceSearchResponse: [
      {
        DetectedFace: { BoundingBox: ratioBox(face, size) },
        MatchedFaces: [{ Similarity: 97, Face: { FaceId: 'anna', ExternalImageId: 'Anna' } }],
      },
    ],
  };
}

/** Lets the drawing come to the webcam, and takes the page's picture when all has happened. */
async function takePicture(): Promise<void> {
  const film = path.join(folder, 'webcam.mjpeg');
  const still = await sharp(Buffer.from(drawnDoor())).jpeg({ quality: 95 }).toBuffer();
  await writeFile(film, Buffer.concat([still, still, still]));
  const browser = await launchBrowser(webcamFrom(film));
  const { page } = await openPage(browser, house.pageUrl, {
    permissions: ['camera'],
    deviceScaleFactor: 1.5,
    colorScheme: 'light',
    locale: 'en-GB',
    timezoneId: timeZone,
  });
  await chooseCamera(page, 'Webcam');
  await arrived(page);
  const picture = await page.screenshot();
  await browser.close();
  const { size: bytes } = await sharp(picture).png({ palette: true, effort: 10 }).toFile(target);
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
  await door(page)
    .getByText(/a second/)
    .waitFor();
}
