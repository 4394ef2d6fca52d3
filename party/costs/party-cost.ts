import { hour, minute, second } from '../clock.ts';
import { type Cost, costOf, sum } from './cost.ts';
import { prices } from './prices.ts';

/** A party, as far as it costs something. */
export interface PartyUsage {
  /** How long it lasts, milliseconds. */
  readonly length: number;
  /** How many guests came. */
  readonly arrivals: number;
  /** Searches of SearchFacesByImage; none where video is searched. */
  readonly searches: number;
}

/** How a deployment that is charged recognises. */
export type PricedRecognition = 'images' | 'video';

/** A part of it, in words, and what it costs. */
export type CostPart = readonly [part: string, cost: Cost];

/** What a camera sends at 2 Mbit/s, gigabytes in a millisecond. */
export const videoGigabytes = (milliseconds: number): number => (2 / 8 / 1000) * (milliseconds / second);

/** The producer proves so often that the door is watched, milliseconds. */
const proofEvery = 2500;
/** So often the match is run at the most: the stream is asked once a second. */
const runEvery = second;

/** What a party costs on AWS, part by part. */
export function partyCostParts(
  { length, arrivals, searches }: PartyUsage,
  recognition: PricedRecognition,
): CostPart[] {
  const isVideo = recognition === 'video';
  const records = isVideo ? length / runEvery : searches + length / proofEvery;
  // A record is handed over by itself; each run reads the party and writes until when it was watched.
  const runs = Math.min(records, length / runEvery);
  const recognising: CostPart[] = isVideo
    ? [
        ['face search in video', costOf(length / minute, prices.videoMinute)],
        ['video in', costOf(videoGigabytes(length), prices.videoIn)],
        ['video out', costOf(videoGigabytes(length), prices.videoOut)],
      ]
    : [
        ['face searches', costOf(searches, prices.imageSearched)],
        ['S3, snapshots', costOf(searches, prices.objectPut)],
      ];
  const lambda = (runs: number, gigabyteSeconds: number): Cost =>
    sum([costOf(runs, prices.lambdaRequest), costOf(runs * gigabyteSeconds, prices.lambdaGigabyteSecond)]);
  return [
    ...recognising,
    ['the shard', costOf(length / hour, prices.shardHour)],
    ['records put', costOf(records, prices.recordPut)],
    ['Lambda, match', lambda(runs, 0.1 * 0.5)],
    ['Lambda, tick, pictures and chat', lambda(length / minute + arrivals * 4, 1)],
    ['DynamoDB, the wish read', costOf(length / (3 * second), prices.tableRead)],
    ['DynamoDB, the pulse', costOf(length / (5 * second), prices.tableWrite)],
    [
      'DynamoDB, match and arrivals',
      sum([costOf(runs * 2, prices.tableRead), costOf(runs + arrivals * 10, prices.tableWrite)]),
    ],
  ];
}

/** What a party costs on AWS, so far or in all. */
export const partyCost = (usage: PartyUsage, recognition: PricedRecognition): Cost =>
  sum(partyCostParts(usage, recognition).map(([, cost]) => cost));
