import { day, hour } from '../party/clock.ts';
import { type Cost, costOf, sum } from '../party/costs/cost.ts';
import { partyCost, videoGigabytes } from '../party/costs/party-cost.ts';
import { prices } from '../party/costs/prices.ts';
import type { Recognition } from './option-values.ts';

const hoursOfParty = 5;
const guests = 30;
/** Calls of SearchFacesByImage in such a party: each guest seen some ten times. */
const searches = 300;
/** CloudWatch takes nothing for the first ten alarms of an account. */
const alarms = 'the first ten alarms of an account cost nothing';

const exactly = (amount: number): string => `$${amount.toFixed(2)}`;
const dollars = ({ from, to }: Cost): string =>
  from === to ? exactly(to) : `${exactly(from)} to ${exactly(to)}`;

const ofParty = (recognition: Recognition): Cost =>
  partyCost(
    { length: hoursOfParty * hour, arrivals: guests, searches: recognition === 'images' ? searches : 0 },
    recognition,
  );

const shardDay = costOf(24, prices.shardHour);
const videoDay = costOf(videoGigabytes(day), prices.videoIn);
const [labelMinute, faceMinute] = prices.videoMinute.dollars;

/** What the docs say too, held to these figures by a test. */
export const costFigures = {
  imagesParty: dollars(ofParty('images')),
  imagesSearches: dollars(costOf(searches, prices.imageSearched)),
  videoParty: dollars(ofParty('video')),
  shardDay: dollars(shardDay),
  shardMonth: dollars(costOf(730, prices.shardHour)),
  videoDay: dollars(videoDay),
  shardAndVideoDay: dollars(sum([shardDay, videoDay])),
  secretMonth: dollars(costOf(1, prices.secretMonth)),
  faceMinute: exactly(faceMinute),
  labelMinute: `$${labelMinute}`,
} as const;

/** What the house costs, in lines. */
export function costText(recognition: Recognition, asleep: boolean): string {
  const figures = costFigures;
  const party =
    recognition === 'video'
      ? `${figures.videoParty} for ${hoursOfParty} hours: AWS states no price of face search in video any
              more, it was ${figures.faceMinute} a minute, and labels in video are ${figures.labelMinute}`
      : `about ${figures.imagesParty} for ${hoursOfParty} hours and ${guests} guests (${figures.imagesSearches} of it searches, $${prices.imageSearched.dollars} each)`;
  const idle = asleep
    ? `nothing by the hour while it sleeps; ${figures.secretMonth} a month for the secret`
    : `${figures.shardDay} a day for the Kinesis shard (${figures.shardMonth} a month; npm run sleep takes it away), and ${figures.secretMonth} a month for the secret; ${alarms}, then ${exactly(prices.alarmMonth.dollars)} a month each`;
  const upload =
    recognition === 'video' && !asleep
      ? `
  its video   another ${figures.videoDay} a day (2 Mbit/s) while your producer uploads, so ${figures.shardAndVideoDay} a day without a party if it
              always does; nothing if it uploads in parties only`
      : '';
  return `What it costs (us-east-1; other Regions differ a little):
  idle        ${idle}${upload}
  in a party  ${party}
  the rest    Lambda, DynamoDB, S3 and SNS: cents`;
}
