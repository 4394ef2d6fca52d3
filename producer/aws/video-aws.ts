import { Table } from '../../party/stores/table.ts';
import type { VideoSettings } from '../settings.ts';
import type { AwsClock } from './aws-clock.ts';
import { connectTable } from './table.ts';
import { connectUpload, type UploadAws } from './upload.ts';

/** What the producer does on AWS when it uploads the video. */
export interface VideoAws extends UploadAws {
  readonly table: Table;
}

/**
 * AWS as the producer uses it for video. Credentials are the SDK's to find.
 *
 * @param endpoint of all services; the SDK's to find when not given
 */
export function connectVideoAws(
  { region, table, videoStream }: Pick<VideoSettings, 'region' | 'table' | 'videoStream'>,
  clock: AwsClock,
  { endpoint }: { readonly endpoint?: string } = {},
): VideoAws {
  const place = { region, ...(endpoint !== undefined && { endpoint }) };
  const { documents, dynamoDb } = connectTable(place, clock);
  const upload = connectUpload({ ...place, videoStream }, clock);
  return {
    table: new Table(documents, table),
    openUpload: upload.openUpload,
    close() {
      dynamoDb.destroy();
      upload.close();
    },
  };
}
