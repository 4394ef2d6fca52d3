import type { Recognition } from './options.ts';

/**
 * Prices of us-east-1 as AWS's pages had them in 2026, in US dollars: a shard-hour of Kinesis 0.015, a secret and
 * month 0.40, an alarm and month 0.10, an image for Rekognition 0.001, a minute of face search in streaming video 0.12, a
 * gigabyte that comes into Kinesis Video 0.0085.
 */
const prices = {
  shardHour: 0.015,
  secretMonth: 0.4,
  alarmMonth: 0.1,
  image: 0.001,
  streamingMinute: 0.12,
  videoGigabyte: 0.0085,
} as const;

const hoursOfParty = 5;
/** Calls of SearchFacesByImage in such a party: thirty guests, each seen some ten times. */
const images = 300;
/** What a camera sends in a day, at 2 Mbit/s. */
const videoGigabytesDay = (2 / 8 / 1000) * 86_400;
/** CloudWatch takes nothing for the first ten alarms of an account. */
const alarms = 'the first ten alarms of an account cost nothing';

const dollars = (amount: number): string => `$${amount.toFixed(2)}`;

const shardDay = dollars(prices.shardHour * 24);
const videoDay = dollars(prices.videoGigabyte * videoGigabytesDay);
const shardAndVideoDay = dollars(prices.shardHour * 24 + prices.videoGigabyte * videoGigabytesDay);
const shardMonth = dollars(prices.shardHour * 730);

/** What the house costs, in lines. */
export function costText(recognition: Recognition, asleep: boolean): string {
  const party =
    recognition === 'video'
      ? `about ${dollars(prices.streamingMinute * 60 * hoursOfParty)} for ${hoursOfParty} hours (${dollars(prices.streamingMinute)} a minute of face search in video)`
      : `about ${dollars(prices.image * images)} for ${hoursOfParty} hours and thirty guests ($${prices.image} a search)`;
  const idle = asleep
    ? `nothing by the hour while it sleeps; ${dollars(prices.secretMonth)} a month for the secret`
    : `${shardDay} a day for the Kinesis shard (${shardMonth} a month; npm run sleep takes it away), and ${dollars(prices.secretMonth)} a month for the secret; ${alarms}, then ${dollars(prices.alarmMonth)} a month each`;
  const upload =
    recognition === 'video' && !asleep
      ? `
  its video   another ${videoDay} a day (2 Mbit/s) while your producer uploads, so ${shardAndVideoDay} a day without a party if it
              always does; nothing if it uploads in parties only`
      : '';
  return `What it costs (us-east-1; other Regions differ a little):
  idle        ${idle}${upload}
  in a party  ${party}
  the rest    Lambda, DynamoDB, S3 and SNS: cents`;
}
