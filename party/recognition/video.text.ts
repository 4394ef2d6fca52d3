/** What a host reads when AWS will not search faces in video. Each is the reason of something, after a colon. */
export const videoText = {
  accountRefused:
    'AWS does not let this account search faces in streaming video, which it closed to new customers on ' +
    '30 April 2026. Recognition by images works in every account and costs less. Run npm run deploy -- ' +
    '--recognition images at the computer that I was deployed from, then say /start_party again.',
  notPermitted: (action: string): string =>
    `my role in AWS may not do ${action}. Run npm run deploy once more: it sets the permissions right.`,
  forbidden: (action: string): string =>
    `a policy of your account or organisation forbids ${action}. Whoever looks after the account can allow it.`,
  limit: (words: string): string =>
    `a limit of your AWS account is reached (${words}). At most ten stream processors may run at once.`,
  missing: (words: string): string =>
    `something that it needs is not there (${words}). Run npm run deploy once more: it makes what is missing.`,
  other: (words: string): string => `AWS says “${words}”.`,
  noReason: 'AWS gave no reason.',

  nameTaken: (name: string): string =>
    `the stream processor ${name} belongs to another video stream and is not mine to touch. Delete it ` +
    `(aws rekognition delete-stream-processor --name ${name}), or run npm run deploy with another name.`,
  streamTaken: (video: string, data: string): string =>
    `another stream processor has the video stream ${video} or the data stream ${data}. ` +
    'aws rekognition list-stream-processors names all of them; delete the one that is not needed.',
  startsLate: (name: string, seconds: number): string =>
    `the stream processor ${name} did not start within ${seconds} s`,
  stopsLate: (name: string, seconds: number): string =>
    `the stream processor ${name} did not stop within ${seconds} s`,
  busy: 'AWS is too busy to answer. Please try again in a minute.',
  unsearched: 'the camera’s video is uploaded, and no stream processor looks at it',
} as const;
