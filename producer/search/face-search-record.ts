import type { FaceSearchRecordJson } from '../../party/record/record.ts';

/**
 * A face-search record in the shape that a stream processor writes. A frame counts as received when it was seen: a
 * record that has to wait for the internet still tells the time of its frame.
 *
 * @param time when the frame was seen, milliseconds since 1970
 */
export function faceSearchRecord(
  streamArn: string,
  time: number,
  FaceSearchResponse: FaceSearchRecordJson['FaceSearchResponse'],
): FaceSearchRecordJson {
  return {
    InputInformation: {
      KinesisVideo: {
        StreamArn: streamArn,
        FragmentNumber: fragmentNumber(time),
        ServerTimestamp: seconds(time),
        ProducerTimestamp: seconds(time),
        // Every frame is a fragment of its own.
        FrameOffsetInSeconds: 0,
      },
    },
    StreamProcessorInformation: { Status: 'RUNNING' },
    FaceSearchResponse,
  };
}

const seconds = (milliseconds: number) => Math.round(milliseconds) / 1000;

let lastFragment = 0n;

/**
 * A number of 47 digits, as Kinesis Video's are, that grows with the frames' times and is never given
 * twice in this process; two processes differ by their ids.
 */
function fragmentNumber(time: number): string {
  const counted = BigInt(Math.round(time)) * 1_000n;
  lastFragment = counted > lastFragment ? counted : lastFragment + 1n;
  return `9134385233${lastFragment.toString().padStart(20, '0')}${String(process.pid).padStart(17, '0')}`;
}
