/** What may be granted though no call of ours uses it, and why. */
interface Exception {
  /** Of the role or user: its logical id, without the suffix. */
  readonly of: RegExp;
  readonly grant: RegExp;
  /** In houses that recognise so; in all if absent. */
  readonly recognition?: 'video' | 'images';
  readonly because: string;
}

const exceptions: readonly Exception[] = [
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
    grant: /^kinesis:(DescribeStream|DescribeStreamSummary|GetRecords|GetShardIterator|ListShards) /,
    because:
      'Lambda reads the stream for the event source mapping, and on this machine it is read without a call.',
  },
  {
    of: /^PicturesRole$/,
    grant: /^dynamodb:GetItem .* SETTINGS$/,
    recognition: 'images',
    because:
      'The time zone is read for a picture of now; on a busy machine the producer has none that is new enough.',
  },
  {
    of: /^PicturesRole$/,
    grant:
      /^(dynamodb:DeleteItem .* (PARTY#\*|FACES)|s3:DeleteObject .*\/snapshots\/drawn\/\*|rekognition:DeleteFaces .*)$/,
    because:
      'Only an unknown face that its picture does not show well enough, or whose party ends meanwhile, is taken back.',
  },
  {
    of: /^PicturesRole$/,
    grant: /^dynamodb:BatchGetItem .* FACES$/,
    because: 'Only of an unknown face that is like others is it looked up whose those are.',
  },
  {
    of: /^VideoProcessorRole$/,
    grant: /^kinesis(video)?:/,
    because: 'Rekognition takes this role; the stream processor on this machine needs none.',
  },
  {
    of: /^TickRole$/,
    grant:
      /^(rekognition:(Create|Start|Delete)\w+|kinesisvideo:DescribeStream|kinesis:DescribeStreamSummary|iam:PassRole|dynamodb:PutItem .* PARTY$|dynamodb:Query .* PARTIES$)/,
    because: 'Only a start that takes longer than Telegram waits for the webhook is finished by the tick.',
  },
  {
    of: /^WebhookRole$/,
    grant: /^rekognition:DeleteStreamProcessor /,
    recognition: 'video',
    because: 'Only a stream processor that failed, or is of a former deployment, is deleted.',
  },
  {
    of: /^WebhookRole$/,
    grant: /^rekognition:CreateStreamProcessor streamprocessor/,
    recognition: 'video',
    because:
      'AWS’s reference names the collection alone now; its older editions named the stream processor too.',
  },
  {
    of: /^WebhookRole$/,
    grant: /^s3:GetObject .*\/songs\/\*$/,
    because: 'A song is read only when Telegram takes none of its file_ids.',
  },
  {
    of: /^TickRole$/,
    grant: /^dynamodb:GetItem .* PULSE$/,
    recognition: 'video',
    because:
      'What the producer says is asked for only of a stream processor that is on, and the tick looks for one without a party.',
  },
  {
    of: /^TickRole$/,
    grant: /^(s3:DeleteObject|rekognition:DeleteFaces) /,
    because: 'Only what a sudden end left is removed, and not before it is an hour old.',
  },
  {
    of: /^TickRole$/,
    grant: /^dynamodb:UpdateItem .* SETTINGS$/,
    because:
      'Only when a host has set how long photos of guests are kept, they are deleted, and that is noted.',
  },
  {
    of: /^TickRole$/,
    grant: /^dynamodb:DeleteItem .* (PEOPLE|PERSON#\*|FACES|SONGS)$/,
    because: 'What was removed is forgotten a day later, when it can no longer be restored.',
  },
  {
    of: /^TickRole$/,
    grant: /^dynamodb:((Get|Update|Delete)Item .* SIGNUPS|(Get|Delete)Item .* GUESTLINKS|GetItem .* HOSTS)$/,
    because:
      'A card about a guest goes by the tick only when its host’s chat took none, and only whom nobody answered is forgotten.',
  },
  {
    of: /^PicturesRole$/,
    grant: /^s3:ListBucket /,
    because: 'It is used only when a photo is lost, or a picture comes later than who asks for it.',
  },
  {
    of: /^(Match|Tick|Pictures)Role$/,
    grant:
      /^dynamodb:(\w+Item .* DESTINATION#\*|(Update|Delete)Item .* OUTBOX|UpdateItem .* PARTY|GetItem .* PARTIES)$/,
    because: 'They are used when a chat takes no more messages, moves or is gone, or a message has to wait.',
  },
  {
    of: /^(Match|Tick|Pictures)Role$/,
    grant: /^s3:(Get|Put)Object .*\/snapshots\/drawn\/\*$/,
    because: 'A picture is kept only when its chat takes no message.',
  },
];

/** Whether a grant of a role or user, by its logical id, is one of the exceptions. */
export function isExcepted(logicalId: string, grant: string, recognition: string): boolean {
  // CloudFormation's ids end in eight characters of a hash.
  const id = logicalId.slice(0, -8);
  return exceptions.some(
    (one) => one.of.test(id) && one.grant.test(grant) && (one.recognition ?? recognition) === recognition,
  );
}
