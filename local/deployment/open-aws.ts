import { machineClock } from '../../party/monotonic-clock.ts';
import type { Recognizer } from '../../vision/recognizer.ts';
import { type Aws, startAws } from '../aws/aws.ts';
import type { LambdaInvoker } from '../aws/lambda.ts';
import type { Camera } from '../camera/camera.ts';
import type { EngineSettings } from '../engine-settings.ts';
import { credentials, names } from '../environment.ts';
import { faceEngine } from '../face-engine.ts';
import type { HouseOptions } from '../house-options.ts';
import { onFreePort } from '../http/free-port.ts';
import type { LostObjects } from '../repair/lost-objects.ts';

/** What AWS on this machine works with. */
export interface AwsParts {
  readonly camera: Pick<Camera, 'handedOver'>;
  readonly recognizer: Recognizer;
  readonly engine: Pick<EngineSettings, 'name'>;
  readonly lostObjects: LostObjects;
  readonly functions: LambdaInvoker;
}

/** AWS on its port. */
export function openAws(
  { folder, awsPort, onDamage }: HouseOptions,
  { camera, recognizer, engine, lostObjects, functions }: AwsParts,
): Promise<Aws> {
  return onFreePort(awsPort, (port) =>
    startAws({
      port,
      now: machineClock.now,
      folder,
      onDamage,
      onObjectLost: lostObjects.note,
      credentials,
      media: (stream) => (stream === names.videoStream ? camera.handedOver : undefined),
      engine: faceEngine(recognizer, engine.name),
      functions,
    }),
  );
}
