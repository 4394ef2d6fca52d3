/** What is granted though no call of ours uses it, and why. By the role's logical id, without its suffix. */
export const exceptions: ReadonlyArray<{
  readonly of: RegExp;
  readonly grant: RegExp;
  readonly because: string;
}> = [
  {
    of: /Role$/,
    grant: /^logs:(CreateLogStream|PutLogEvents) /,
    because: 'Lambda writes what a function prints.',
  },
  {
    of: /^(Match|Pictures)Role$/,
    grant: /^sqs:SendMessage /,
    because: 'Lambda itself puts what was given up into the queue.',
  },
  {
    of: /^MatchRole$/,
    grant: /^kinesis:(Describe|GetRecords|GetShardIterator|ListShards)/,
    because:
      'Lambda reads the stream for the event source mapping, and here the stream is read without a call.',
  },
  {
    of: /^VideoProcessorRole$/,
    grant: /^kinesis(video)?:/,
    because: 'Rekognition takes this role; the stream processor on this machine needs none.',
  },
];
