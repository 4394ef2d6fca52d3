import type { CallFailure } from '../aws/call-failure.ts';
import type { CameraFailure } from '../camera/camera-error.ts';

/** What the host reads in the chat of what does not work. Never an address, a name or a password. */
export const problemText = {
  camera: {
    unreachable:
      'The camera does not answer. See that it is on and in the network, and that its address has not changed.',
    refused:
      'The camera refuses the user name or password. Set CAMERA_USER and CAMERA_PASSWORD again; many cameras need an account of their own for RTSP.',
    'unknown login':
      'The camera wants a kind of login that I don’t know. In its settings, under RTSP authentication, choose "digest/basic" or MD5.',
    busy: 'The camera has too many viewers. Close other apps and recorders that watch it, or choose its smaller stream.',
    transport:
      'The camera sends its video neither over TCP nor over UDP. Allow RTSP over TCP in its settings.',
    declined:
      'The camera answers, but refuses to send its video. Restart it, and check the path in CAMERA_URL.',
    missing: 'The camera has no video under the path in CAMERA_URL.',
    'no video': 'What CAMERA_URL names has no pictures in it. Choose a stream with video.',
    unreadable: 'The camera sends no video I can read. Choose H.264 in its settings.',
    silent:
      'The camera answers, but sends no picture that can be shown. Restart it; in its settings choose H.264 with a key frame every 1 or 2 seconds.',
    crashed:
      'The program that reads the camera’s video broke down over it, and is started again. If that goes on, choose H.264 in the camera’s settings.',
    ended: 'The camera stopped sending. See that it is on and that the network reaches it.',
  } satisfies Record<CameraFailure, string>,
  /** The number of the camera's answer, behind the sentences on its refusal. */
  cameraAnswer: (status: number): string => `(It answers with error ${status}.)`,
  lockOut:
    'The camera refused the login twice. Many cameras lock an account after a few wrong tries, so I try seldom now. Set CAMERA_USER and CAMERA_PASSWORD again; if they are right, wait half an hour or restart the camera.',
  another:
    'Another producer runs for this house too, so that each face is searched twice. End one of them. If you know of only one, somebody has your producer.env: npm run deploy -- --producer-key makes a new key, and the old one stops working.',
  /** @param most searches @param dollars what they cost on AWS */
  searchedEnough: (most: number, dollars: string): string =>
    `${most} faces were searched in this party (about ${dollars} on AWS), and there it stops. If so many came, set SEARCHES_PER_PARTY in producer.env higher and start the producer again.`,
  engine: 'The face recognition does not run. Its computer may have too little memory: 1 GB is needed.',
  /** @param what is called: "the face search", "the data stream" */
  aws: (what: string, failure: CallFailure): string => `${whys[failure]} (${what}).`,
} as const;

const whys: Record<CallFailure, string> = {
  busy: 'AWS asks for fewer calls for the moment',
  refused: 'AWS refuses what the producer may do. Deploy again, and give the producer its new producer.env',
  missing:
    'AWS does not know a name in producer.env. Deploy again, and give the producer its new producer.env',
  away: 'AWS does not answer; perhaps the internet is gone',
  time: 'AWS refuses the producer’s signature: its clock is wrong, or its secret key is',
};
