import path from 'node:path';
import type { TestContext } from 'node:test';
import { houseSettings } from '../../deploy/home/producer.ts';
import type { Outputs } from '../../deploy/stack/state.ts';
import { afterwards } from '../local/telegram/stand.ts';
import { makeClip } from '../support/clip.ts';
import { emptyFolder } from '../support/folder.ts';
import { annaAtTheDoor, carlaAtTheDoor, samplePicture } from '../support/pictures.ts';
import { heard, startProducer } from '../support/producer.ts';
import { type RtspServer, startRtspServer } from '../support/rtsp-server.ts';
import type { DeployedHouse } from '../support/stack/deployed-house.ts';
import { ofType, type Template } from '../support/stack/template.ts';
import { swaying } from '../support/swaying.ts';
import { tableOf } from './evening.ts';

/** A camera that shows the film, and the producer at home, which is there. @returns the camera */
export async function watchTheDoor(
  t: TestContext,
  { house, template }: { readonly house: DeployedHouse; readonly template: Template },
): Promise<RtspServer> {
  const camera = await startRtspServer(await filmOfTheDoor());
  afterwards(t, () => camera.stop());
  const producer = startProducer([], producerSettings(house, template, camera.address));
  afterwards(t, async () => {
    await producer.kill();
    t.diagnostic(producer.output());
  });
  await heard({ services: { table: tableOf(house) } });
  return camera;
}

/** What `npm run deploy` writes into `producer.env`, with the key of the stack's user. */
function producerSettings(house: DeployedHouse, template: Template, camera: string): Record<string, string> {
  const [[user = ''] = []] = ofType(template, 'AWS::IAM::User');
  const { accessKeyId, secretAccessKey } = house.credentialsOf(user);
  const outputs = Object.fromEntries(Object.keys(template.Outputs).map((name) => [name, house.output(name)]));
  const known = Object.entries(houseSettings(outputs as unknown as Outputs, house.options.region));
  return {
    ...Object.fromEntries(known.map(([name, value = '']) => [name, value])),
    AWS_ENDPOINT_URL: house.options.endpoint,
    AWS_ACCESS_KEY_ID: accessKeyId,
    AWS_SECRET_ACCESS_KEY: secretAccessKey,
    CAMERA_URL: camera,
    HEALTH_FILE: path.join(house.stand.folder, 'health.json'),
  };
}

/**
 * One of the guests at the door, then the other, and then somebody whom nobody knows. The guests are alone: hosts are asked
 * about one unknown face at a time, and of somebody else beside them it would be asked first.
 *
 * @returns a film, by its path
 */
async function filmOfTheDoor(): Promise<string> {
  const clip = path.join(await emptyFolder(), 'door.mp4');
  await makeClip(
    [
      ...(await swaying(await carlaAtTheDoor(), 4)),
      ...(await swaying(await annaAtTheDoor(), 4)),
      // Hosts are asked about who stays at one place for some seconds.
      ...(await swaying(await samplePicture(4), 14, 7)),
    ],
    clip,
    { framesPerSecond: 10 },
  );
  return clip;
}
