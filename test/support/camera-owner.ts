import { openCamera } from '../../producer/camera/camera.ts';

/** A program that watches the camera in its first argument: prints the process id of what reads it, at each picture. */
let reader = 0;
const camera = openCamera(process.argv[2]!, {
  loop: true,
  onStart: (pid) => {
    reader = pid;
  },
});
for await (const _ of camera) process.stdout.write(`${reader}\n`);
