/** A price of AWS's, and where it is from. */
export interface Price {
  /** US dollars for one unit; from and to where AWS states none (any more) and it lies between two. */
  readonly dollars: number | readonly [from: number, to: number];
  readonly unit: string;
  /** Whose word it is, by name. */
  readonly source: string;
  /** When that was, a year or a month. */
  readonly asOf: string;
}

/**
 * The one table of prices: us-east-1, first tiers and no free ones. Whatever the project says of costs, in the chat, in
 * the terminal, in benches and in the docs, is reckoned from it.
 */
export const prices = {
  imageSearched: {
    dollars: 0.001,
    unit: 'image for SearchFacesByImage or IndexFaces, of the first million in a month',
    source: 'Amazon Rekognition pricing, worked examples',
    asOf: '2026',
  },
  videoMinute: {
    // What AWS asked for face search when it was open to everybody, and what it asks for labels in streaming video now.
    dollars: [0.00817, 0.12],
    unit: 'minute of streaming video searched for faces',
    source:
      'Amazon Rekognition pricing: label detection in streaming video; face search as it was quoted before it closed to new customers',
    asOf: '2026, and before 2024',
  },
  videoIn: {
    dollars: 0.0085,
    unit: 'gigabyte into Kinesis Video Streams',
    source: 'Amazon Kinesis Video Streams pricing',
    asOf: '2026',
  },
  videoOut: {
    dollars: 0.0085,
    unit: 'gigabyte out of Kinesis Video Streams',
    source: 'Amazon Kinesis Video Streams pricing',
    asOf: '2026',
  },
  shardHour: {
    dollars: 0.015,
    unit: 'hour of a shard of Kinesis Data Streams',
    source: 'Amazon Kinesis Data Streams pricing, as quoted by trek10.com',
    asOf: '2023',
  },
  recordPut: {
    dollars: 0.014 / 1e6,
    unit: 'record of up to 25 KB put on a stream',
    source: 'Amazon Kinesis Data Streams pricing, as quoted by trek10.com',
    asOf: '2023',
  },
  lambdaRequest: {
    dollars: 0.2 / 1e6,
    unit: 'invocation of a Lambda',
    source: 'AWS Lambda pricing',
    asOf: '2026',
  },
  lambdaGigabyteSecond: {
    dollars: 0.0000133334,
    unit: 'second of a Lambda with 1 GB on arm64',
    source: 'AWS Lambda pricing',
    asOf: '2026',
  },
  tableRead: {
    dollars: 0.125 / 1e6,
    unit: 'read unit of a DynamoDB table on demand',
    source: 'Amazon DynamoDB pricing',
    asOf: '2026',
  },
  tableWrite: {
    dollars: 0.625 / 1e6,
    unit: 'write unit of a DynamoDB table on demand',
    source: 'Amazon DynamoDB pricing',
    asOf: '2026',
  },
  objectPut: {
    dollars: 0.005 / 1000,
    unit: 'object put into S3',
    source: 'Amazon S3 pricing',
    asOf: '2026',
  },
  secretMonth: {
    dollars: 0.4,
    unit: 'secret and month',
    source: 'AWS Secrets Manager pricing',
    asOf: '2026',
  },
  alarmMonth: {
    dollars: 0.1,
    unit: 'alarm and month, after the first ten of an account',
    source: 'Amazon CloudWatch pricing',
    asOf: '2026',
  },
} as const satisfies Readonly<Record<string, Price>>;

/** The lists of prices that there are, by the name that a deployment gives (`PRICE_LIST`). */
export const priceLists = ['aws-us-east-1'] as const;
export type PriceList = (typeof priceLists)[number];
