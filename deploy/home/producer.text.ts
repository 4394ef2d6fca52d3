/** What people read about the producer's key and its file. */
export const producerText = {
  askKey: (user: string, old: number): string =>
    old === 0
      ? `Make an access key for the producer at home? (user ${user})`
      : `Make a new access key for the producer at home? The one it has now stops working.`,
  keyMade: (deleted: number): string =>
    deleted === 0
      ? 'A key for the producer was made.'
      : 'A new key for the producer was made, and the old one deleted.',
  noKey:
    'The producer at home has no key of this house yet. Run npm run deploy -- --producer-key to make one, or give its ' +
    'computer AWS credentials of its own.',
  notWritten: (name: string, file: string): string =>
    `${name} is not in ${file}: Docker and Node would read its ' " $ or \\ differently. Write it into the address there, with ` +
    '\' as %27, " as %22, $ as %24 and \\ as %5C.',
  fileWritten: (file: string, names: readonly string[], existed: boolean): string =>
    existed
      ? `${file} was brought up to date (${names.join(', ')}); your other lines in it stay. Bring it to the producer again.`
      : `${file} holds what the producer beside the camera needs. It is secret: only you can read it.`,
} as const;
