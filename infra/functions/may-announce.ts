import type { House } from '../house.ts';
import { partitions } from '../table.ts';
import type { PartyFunction } from './party-function.ts';
import type { PicturesFunction } from './pictures.ts';

/** Lets a function bring arrivals into the chat: the match, and the tick with what the match left. */
export function mayAnnounce(
  it: PartyFunction,
  { table, bucket, arrivals }: House,
  pictures: PicturesFunction,
): void {
  it.may(['dynamodb:GetItem'], [table.tableArn], partitions('PARTY', 'PARTY#*', 'PEOPLE', 'SONGS'));
  it.may(['dynamodb:Query'], [table.tableArn], partitions('PARTY#*', 'SONGS'));
  it.may(['dynamodb:UpdateItem'], [table.tableArn], partitions('PARTY', 'PARTY#*', 'SONGS'));
  it.may(['s3:GetObject'], [bucket.objects('songs/', it)]);
  it.may(['sns:Publish'], [arrivals.topicArn]);
  it.may(['lambda:InvokeFunction'], [pictures.function.functionArn]);
}
