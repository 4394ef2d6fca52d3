const names: Readonly<Record<string, string>> = {
  cloudformation: 'CloudFormation',
  dynamodb: 'DynamoDB',
  kinesis: 'Kinesis',
  kinesisvideo: 'Kinesis Video Streams',
  lambda: 'Lambda',
  rekognition: 'Rekognition, which recognises the guests',
  s3: 'S3',
  secretsmanager: 'Secrets Manager',
  sns: 'SNS',
};

export const regionText = {
  missing: (region: string, services: readonly string[]): string =>
    `The Region ${region} does not have ${services.map((service) => names[service] ?? service).join('; nor ')}. ` +
    'Take another one with --region, such as eu-central-1 or us-east-1.',
  noStreaming: (region: string, regions: readonly string[]): string =>
    `Recognition by video is not offered in ${region}, as far as is known. Take --recognition images, which works ` +
    `there, or one of these Regions: ${regions.join(', ')}.`,
} as const;
