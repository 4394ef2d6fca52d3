import * as rekognition from '@aws-sdk/client-rekognition';
import type { OpenOptions } from '../../disk/damage.ts';
import { jsonRpcService } from '../protocol/json-rpc.ts';
import type { Service } from '../service.ts';
import { collectionOperations } from './collection-operations.ts';
import { Collections } from './collections.ts';
import { rekognitionConstraints } from './constraints.ts';
import { faceOperations } from './face-operations.ts';
import { type FaceSearchOptions, faceSearch } from './face-search.ts';
import { streamProcessorOperations } from './stream-processor-operations.ts';
import { StreamProcessors } from './stream-processors.ts';
import type { ReadObject } from './submitted-image.ts';

/** What Rekognition on this machine is made of. */
export interface RekognitionOptions extends Omit<FaceSearchOptions, 'collections' | 'log'>, OpenOptions {
  /** The data folder. Collections and stream processors are kept under its `rekognition`. */
  readonly folder: string;
  readonly readObject: ReadObject;
  /** Takes a line about each fault; standard error by default. */
  readonly log?: (line: string) => void;
}

/** Rekognition as it runs. */
export interface Rekognition {
  readonly service: Service;
  /** Ends the work of all stream processors; those at work go on at the next start. */
  close(): Promise<void>;
}

/** Rekognition with a real engine behind it. Stream processors that were at work go on at once. @throws DamagedError */
export function startRekognition(options: RekognitionOptions): Rekognition {
  const { folder, log = (line) => console.error(line) } = options;
  const collections = new Collections(folder, options.engine, options);
  const search = faceSearch({ ...options, collections, log });
  const processors = new StreamProcessors(folder, search, log, options);
  const service = jsonRpcService<typeof rekognition>({
    name: 'Rekognition',
    signingName: 'rekognition',
    prefix: 'RekognitionService',
    client: rekognition,
    constraints: rekognitionConstraints,
    operations: {
      ...collectionOperations(collections),
      ...faceOperations({ ...options, collections }),
      ...streamProcessorOperations(processors, ({ videoStreamArn }) => {
        const stream = options.videoStreams.find(videoStreamArn);
        return stream && options.media(stream.name)?.trouble;
      }),
    },
  });
  return { service, close: () => processors.close() };
}
