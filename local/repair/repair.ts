import { existsSync } from 'node:fs';
import path from 'node:path';
import { Logger } from '@aws-lambda-powertools/logger';
import { DescribeTableCommand, DynamoDBClient, ResourceNotFoundException } from '@aws-sdk/client-dynamodb';
import { readConfig } from '../../party/config.ts';
import { forgetLostPhotos, giveUpLostFiles, rebuildFaces } from '../../party/guests/rebuild-faces.ts';
import { findLosses } from '../../party/losses/losses.ts';
import { createServices, type Services } from '../../party/services.ts';
import { startRecognizer } from '../../vision/recognizer.ts';
import { startAws } from '../aws/aws.ts';
import { Closing } from '../closing.ts';
import { DataFolderError } from '../data-folder/data-folder.ts';
import { lockFolder } from '../data-folder/lock.ts';
import { addCarols } from '../deployment/carols.ts';
import { mirrored } from '../disk/damage.ts';
import { engineSettings } from '../engine-settings.ts';
import { credentials, names, pointAtThisMachine } from '../environment.ts';
import { faceEngine } from '../face-engine.ts';
import { Journal } from '../telegram/state/journal.ts';
import { inSentences, songOf } from './losses.text.ts';
import { LostObjects } from './lost-objects.ts';
import { repairText } from './repair.text.ts';
import { repairCommand } from './repair-command.ts';

/** How a data folder is repaired. */
export interface RepairOptions {
  readonly folder: string;
  /** Told each thing that was put right or is lost, in words for the host. */
  readonly tell: (message: string) => void;
  /** Told after each photo that was looked at, how many were and are to be. */
  readonly onProgress?: (done: number, all: number) => void;
}

/**
 * Repairs a data folder as far as it can be. Safe to repeat, and to break off. Changes this process's environment.
 *
 * @throws DataFolderError, FolderInUseError; each in words for the host
 */
export async function repairHouse({ folder, tell, onProgress }: RepairOptions): Promise<void> {
  if (!existsSync(folder)) throw new DataFolderError(repairText.noFolder(folder));
  const closing = new Closing();
  try {
    closing.add(await lockFolder(folder, 'npm run doctor -- --repair'));
    repairChat(folder, tell);
    const lost = new LostObjects();
    const engine = engineSettings(process.env);
    const recognizer = await closing.open(startRecognizer(engine.options));
    const aws = await closing.open(
      startAws({
        port: 0,
        folder,
        credentials,
        engine: faceEngine(recognizer, engine.name),
        media: () => undefined,
        onDamage: tell,
        onObjectLost: lost.note,
        salvage: true,
      }),
    );
    await aws.objects.check(new AbortController().signal);
    pointAtThisMachine(aws.url, undefined);
    if (!(await isHouse())) return;
    const services = createServices(readConfig(process.env), { log: new Logger({ serviceName: 'repair' }) });
    await lost.tell(services, tell);
    await repairGuests(services, { folder, tell, ...(onProgress && { onProgress }) });
  } finally {
    await closing.close();
  }
}

function repairChat(folder: string, tell: RepairOptions['tell']): void {
  const place = mirrored(folder, 'telegram', 'journal.jsonl');
  const mark = path.join(folder, 'marks', 'telegram.json');
  if (![place.path, place.mirror, mark].some((file) => existsSync(file))) return;
  new Journal(place, mark, { salvage: true, onDamage: tell }).close();
}

/** Whether it is the data of a house at all, and not of an AWS that was run by itself. */
async function isHouse(): Promise<boolean> {
  const client = new DynamoDBClient();
  try {
    await client.send(new DescribeTableCommand({ TableName: names.table }));
    return true;
  } catch (error) {
    if (error instanceof ResourceNotFoundException) return false;
    throw error;
  } finally {
    client.destroy();
  }
}

async function repairGuests(services: Services, { folder, tell, onProgress }: RepairOptions): Promise<void> {
  const { found, faceless } = await rebuildFaces(services, onProgress);
  if (found > 0) tell(repairText.facesFound(found));
  if (faceless > 0) tell(repairText.facesNotFound(faceless));
  for (const { name, photos } of await forgetLostPhotos(services))
    tell(repairText.photosForgotten(name, photos));
  for (const { name, photos } of await giveUpLostFiles(services)) tell(repairText.filesGivenUp(name, photos));
  const nobodys = await removeNobodysFaces(services);
  if (nobodys > 0) tell(repairText.nobodysFaces(nobodys));
  const { carols, guests, songs } = await findLosses(services);
  for (const lost of songs.filter(({ whose }) => whose.length === 0)) {
    await services.songs.forget(lost.song.id);
    tell(repairText.songForgotten(songOf(lost)));
  }
  if (carols.length > 0) {
    const putBack = await addCarols(folder, services, new AbortController().signal);
    if (putBack.length > 0) tell(repairText.carolsBack(putBack));
  }
  const left = { guests, songs: songs.filter(({ whose }) => whose.length > 0) };
  for (const sentence of inSentences(left, repairCommand(folder))) tell(sentence);
}

/**
 * Takes faces out of the collection that were enrolled and are nobody's: the item that said whose they were is lost. A
 * face that was indexed by hand stays.
 */
async function removeNobodysFaces({
  people,
  collection,
}: Pick<Services, 'people' | 'collection'>): Promise<number> {
  const [owners, faces] = await Promise.all([people.all(), collection.faces()]);
  const nobodys = faces.filter(({ faceId, photoId }) => photoId !== undefined && !owners.has(faceId));
  await collection.remove(nobodys.map(({ faceId }) => faceId));
  return nobodys.length;
}
