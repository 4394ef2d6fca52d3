import { randomUUID } from 'node:crypto';
import { KinesisClient, PutRecordCommand } from '@aws-sdk/client-kinesis';
import {
  type FaceMatch,
  InvalidParameterException,
  RekognitionClient,
  SearchFacesByImageCommand,
} from '@aws-sdk/client-rekognition';
import { S3Client } from '@aws-sdk/client-s3';
import { second } from '../../party/clock.ts';
import { sightingRules } from '../../party/recognition/rules.ts';
import type { FaceSearchRecordJson, MatchedFaceJson } from '../../party/record/record.ts';
import { Storage } from '../../party/stores/storage.ts';
import { Table } from '../../party/stores/table.ts';
import type { ImagesSettings } from '../settings.ts';
import type { AwsClock } from './aws-clock.ts';
import { connectTable } from './table.ts';

/** What the producer does on AWS. */
export interface Aws {
  readonly table: Table;
  readonly storage: Storage;
  /**
   * Searches the one face of a JPEG.
   *
   * @returns who it may be, most similar first; undefined when Rekognition sees no face in it
   * @throws the SDK's errors, after few tries and some seconds
   */
  search(jpeg: Uint8Array): Promise<MatchedFaceJson[] | undefined>;
  /** Puts a record on the data stream. @throws the SDK's errors */
  put(record: FaceSearchRecordJson): Promise<void>;
  close(): void;
}

/** The next person who is like the face is needed too: the best must lead by a margin. */
const mostMatches = 20;

/** A guest waits: what is not answered by then is asked again with another picture. */
const searchPatience = 8 * second;

/**
 * AWS as the producer uses it. Credentials are the SDK's to find.
 *
 * @param endpoint of all services; the SDK's to find when not given
 */
export function connectAws(
  { region, table, bucket, collection, dataStream }: Omit<ImagesSettings, 'recognition'>,
  clock: AwsClock,
  { endpoint }: { readonly endpoint?: string } = {},
): Aws {
  const place = { region, ...(endpoint !== undefined && { endpoint }) };
  const { dynamoDb, documents } = connectTable(place, clock);
  // One handler for all, also for Kinesis: its own would speak HTTP/2 and hold on to one connection, which after a
  // break of the line is dead for a quarter of an hour.
  const shared = { ...place, maxAttempts: 3, requestHandler: dynamoDb.config.requestHandler };
  const rekognition = new RekognitionClient(shared);
  const kinesis = new KinesisClient(shared);
  const s3 = new S3Client(shared);
  const clients = [rekognition, kinesis, s3];
  for (const client of clients) clock.listenTo(client);
  return {
    table: new Table(documents, table),
    storage: new Storage(s3, bucket),
    async search(jpeg) {
      try {
        const { FaceMatches = [] } = await rekognition.send(
          new SearchFacesByImageCommand({
            CollectionId: collection,
            Image: { Bytes: jpeg },
            MaxFaces: mostMatches,
            FaceMatchThreshold: sightingRules.images.threshold,
          }),
          { abortSignal: AbortSignal.timeout(searchPatience) },
        );
        return FaceMatches.flatMap(matchedFace);
      } catch (error) {
        // That is how it says that there is no face (API reference, SearchFacesByImage).
        if (error instanceof InvalidParameterException) return undefined;
        throw error;
      }
    },
    async put(record) {
      const Data = Buffer.from(JSON.stringify(record));
      await kinesis.send(new PutRecordCommand({ StreamName: dataStream, PartitionKey: randomUUID(), Data }));
    },
    close() {
      for (const client of [dynamoDb, ...clients]) client.destroy();
    },
  };
}

/** A match as a stream processor writes it: the members of `Face` that the API adds are left out. */
function matchedFace({ Similarity, Face }: FaceMatch): MatchedFaceJson[] {
  if (Similarity === undefined || Face?.FaceId === undefined) return [];
  const { FaceId, ImageId, Confidence, BoundingBox: box, ExternalImageId } = Face;
  const { Width, Height, Left, Top } = box ?? {};
  const isWhole = Width !== undefined && Height !== undefined && Left !== undefined && Top !== undefined;
  return [
    {
      // A record's similarity ends at 100; a float may be a hair beyond.
      Similarity: Math.min(100, Similarity),
      Face: {
        FaceId,
        ...(ImageId !== undefined && { ImageId }),
        ...(Confidence !== undefined && { Confidence }),
        ...(isWhole && { BoundingBox: { Width, Height, Left, Top } }),
        ...(ExternalImageId !== undefined && { ExternalImageId }),
      },
    },
  ];
}
