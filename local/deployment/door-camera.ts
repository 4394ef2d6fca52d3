import { machineClock } from '../../party/monotonic-clock.ts';
import { AwsClock } from '../../producer/aws/aws-clock.ts';
import { connectUpload } from '../../producer/aws/upload.ts';
import { openCamera } from '../../producer/camera/camera.ts';
import type { Aws } from '../aws/aws.ts';
import { type Camera, createCamera } from '../camera/camera.ts';
import { ThroughStream } from '../camera/through-stream.ts';
import type { Closable } from '../closing.ts';
import { names } from '../environment.ts';
import type { HouseOptions } from '../house-options.ts';

/** The camera at the door of a house on this machine. */
export interface DoorCamera {
  readonly camera: Camera;
  /** Lets its video go through AWS, once the video stream is there; until then it waits. @returns how to end that */
  connect(aws: Pick<Aws, 'uploaded'>): Closable;
}

/** The camera as it was when the program ended. */
export function openDoorCamera({
  folder,
  cameraUrl,
  onDamage,
}: Pick<HouseOptions, 'folder' | 'cameraUrl' | 'onDamage'>): DoorCamera {
  const throughStream = new ThroughStream(machineClock.now);
  const camera = createCamera({
    folder,
    onDamage,
    open: throughStream.open,
    probe: openCamera,
    ...(cameraUrl && { cameraUrl }),
  });
  return {
    camera,
    connect(aws) {
      const { openUpload, close } = connectUpload(names, new AwsClock(machineClock.now));
      throughStream.connect({
        openUpload,
        frames: (signal) => aws.uploaded(names.videoStream).frames(signal),
      });
      return {
        async close() {
          // It sends nothing more to an AWS that ends.
          await camera.close();
          close();
        },
      };
    },
  };
}
