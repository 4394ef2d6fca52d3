import type { House } from '../house.ts';
import { partitions } from '../table.ts';
import type { PartyFunction } from './party-function.ts';
import type { PicturesFunction } from './pictures.ts';

/** Lets a function bring arrivals into the chat: the match, and the tick with what was left. */
export function mayAnnounce(it: PartyFunction, house: House, pictures: PicturesFunction): void {
  const { table, bucket, arrivals } = house;
  maySend(it, house);
  it.may(['dynamodb:GetItem'], [table.tableArn], partitions('PARTY', 'PARTY#*', 'PEOPLE', 'SONGS'));
  it.may(['dynamodb:Query'], [table.tableArn], partitions('SONGS'));
  it.may(['dynamodb:UpdateItem'], [table.tableArn], partitions('PARTY#*', 'SONGS'));
  it.may(['s3:GetObject'], [bucket.objects('songs/', it)]);
  if (house.postsArrivals) {
    // Of the guest's photos one goes along. Presigned addresses are opened with the rights of whoever signed them.
    it.may(['s3:GetObject'], [bucket.objects('photos/', it)]);
    it.may(['dynamodb:Query'], [table.tableArn], partitions('PERSON#*'));
  }
  it.may(['sns:Publish'], [arrivals.topicArn]);
  it.may(['lambda:InvokeFunction'], [pictures.function.functionArn]);
}

/** Lets a function send messages: what is not sent yet, what is known of the chats, and pictures that had to wait. */
export function maySend(it: PartyFunction, { table, bucket }: House): void {
  it.may(
    ['dynamodb:Query', 'dynamodb:PutItem', 'dynamodb:UpdateItem', 'dynamodb:DeleteItem'],
    [table.tableArn],
    partitions('OUTBOX', 'DESTINATION#*'),
  );
  // A notice to a host is claimed; times are written as hosts have set; and a party follows its chat, when that goes on
  // under another id.
  it.may(['dynamodb:GetItem'], [table.tableArn], partitions('DESTINATION#*', 'SETTINGS'));
  it.may(['dynamodb:UpdateItem'], [table.tableArn], partitions('PARTY'));
  it.may(['s3:GetObject'], [bucket.objects('snapshots/drawn/', it)]);
}
