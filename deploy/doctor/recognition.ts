import {
  DescribeStreamProcessorCommand,
  ListStreamProcessorsCommand,
  type RekognitionClient,
  ResourceNotFoundException,
} from '@aws-sdk/client-rekognition';
import type { Party } from '../../party/parties/party.ts';
import type { Pulse } from '../../party/recognition/pulse.ts';
import type { Wish } from '../../party/recognition/wish.ts';
import { doctorText } from './doctor.text.ts';
import { type Check, type Finding, well, wrong } from './finding.ts';

const { recognition: text, upload, parts } = doctorText;

/** The party that is on, if one is. */
export interface PartyReader {
  on(): Promise<Party | undefined>;
}

/** The stream processor: on in a party and at no other time, for it costs by the minute. */
export function checkStreamProcessor(
  client: RekognitionClient,
  name: string,
  parties: PartyReader,
  region: string,
): Check {
  return {
    part: parts.recognition,
    async look() {
      try {
        const [{ status, message }, party] = await Promise.all([statusOf(client, name), parties.on()]);
        return judge(status, message, party !== undefined, text.stop(name, region));
      } catch (error) {
        if (error instanceof Error && error.name === 'AccessDeniedException')
          return wrong(text.refused, text.images);
        throw error;
      }
    },
  };
}

interface ProcessorStatus {
  readonly status: string;
  readonly message?: string;
}

/** One that was never made is stopped; whether the account may have one, the list tells as far as anything does. */
async function statusOf(client: RekognitionClient, Name: string): Promise<ProcessorStatus> {
  try {
    const { Status = 'STOPPED', StatusMessage } = await client.send(
      new DescribeStreamProcessorCommand({ Name }),
    );
    return { status: Status, ...(StatusMessage && { message: StatusMessage }) };
  } catch (error) {
    if (!(error instanceof ResourceNotFoundException)) throw error;
    await client.send(new ListStreamProcessorsCommand({ MaxResults: 1 }));
    return { status: 'STOPPED' };
  }
}

function judge(status: string, message = '', party: boolean, stop: string): Finding {
  if (status === 'FAILED') return wrong(text.failed(message), text.end);
  const on = status !== 'STOPPED' && status !== 'STOPPING';
  if (on && !party) return wrong(text.onWithoutParty, stop);
  if (!on && party) return wrong(text.offInParty(status.toLowerCase()), text.end);
  return well(party ? text.on : text.off);
}

/** The wish for recognition by the producer: there in a party and at no other time. */
export function checkWish(
  wishes: { read(): Promise<Wish | undefined> },
  pulses: { read(): Promise<Pulse | undefined> },
  parties: PartyReader,
): Check {
  return {
    part: parts.recognition,
    async look() {
      const [wish, pulse, party] = await Promise.all([wishes.read(), pulses.read(), parties.on()]);
      if (wish?.on && !party) return wrong(text.wishWithoutParty, text.wait);
      if (!party) return well(text.off);
      if (!wish?.on) return wrong(text.offInParty('off'), text.end);
      if (pulse?.serves !== wish.since)
        return wrong(text.offInParty('not taken up by the producer'), text.end);
      return well(text.on);
    },
  };
}

/** The wish for the video: there in a party and at no other time, for it is paid by the gigabyte. */
export function checkUpload(
  wishes: { read(): Promise<Wish | undefined> },
  pulses: { read(): Promise<Pulse | undefined> },
  parties: PartyReader,
): Check {
  return {
    part: parts.upload,
    async look() {
      const [wish, pulse, party] = await Promise.all([wishes.read(), pulses.read(), parties.on()]);
      if (wish?.on && !party) return wrong(upload.withoutParty, text.wait);
      if (!party) return well(text.off);
      if (!wish?.on) return wrong(upload.offInParty, text.end);
      // Another program has no pulse, and follows no wish.
      if (pulse && pulse.serves !== wish.since) return wrong(upload.notTakenUp, text.end);
      return well(text.on);
    },
  };
}
