import { isAlive, type Pulse, writtenAt } from '../../party/recognition/pulse.ts';
import { maxSkew } from '../../party/record/frame-time.ts';
import { doctorText, span } from './doctor.text.ts';
import { type Check, well, wrong } from './finding.ts';
import type { Unseen } from './page-camera.ts';
import type { PartyReader } from './recognition.ts';

const { producer: text, camera, parts } = doctorText;

/** A camera that gives nothing for so long in a party is gone, in milliseconds. */
const silence = 30_000;

/**
 * When the video stream's last picture was taken, milliseconds since 1970; undefined when there was none in the last
 * minute.
 */
export type LastPicture = () => Promise<number | undefined>;

/** The producer's pulse, where it can be read. */
export interface PulseReader {
  read(): Promise<Pulse | undefined>;
}

/**
 * Whether the producer at home is there, of this version, and content.
 *
 * @param lastPicture where another program may take its place: when the last picture came, if one did of late
 */
export function checkProducer(
  pulses: PulseReader,
  version: string,
  { lastPicture, now = Date.now }: { lastPicture?: LastPicture; now?: () => number } = {},
): Check {
  return {
    part: parts.producer,
    async look() {
      const pulse = await pulses.read();
      if (!pulse && !lastPicture) return wrong(text.none, text.start);
      if (!pulse) return (await lastPicture?.()) ? well(text.another) : wrong(text.none, text.startAny);
      const ago = span(now() - writtenAt(pulse));
      if (!isAlive(pulse, now())) return wrong(text.silent(ago), text.wake);
      if (pulse.problem) return wrong(text.problem(pulse.problem), text.camera);
      if (pulse.version !== version) return wrong(text.version(pulse.version, version), text.update);
      return well(text.well(pulse.version, ago));
    },
  };
}

/** Whether the producer's clock goes right. */
export function checkProducerClock(pulses: PulseReader): Check {
  return {
    part: parts.producerClock,
    async look() {
      const offset = (await pulses.read())?.clockOffset;
      if (offset === undefined) return well(text.clockUnknown);
      const by = span(Math.abs(offset));
      return Math.abs(offset) > maxSkew ? wrong(text.clock(by), text.setClock) : well(text.clockWell(by));
    },
  };
}

/** The camera's last picture, as the producer tells of it. */
export function checkCameraByPulse(pulses: PulseReader, now = Date.now): Check {
  return {
    part: parts.camera,
    async look() {
      const pulse = await pulses.read();
      if (pulse?.serves === undefined) return well(camera.waiting);
      if (pulse.lastFrame === undefined) return wrong(camera.never, camera.look);
      // Both times are by the producer's clock; since then some more has gone by.
      const age = pulse.at - pulse.lastFrame + Math.max(0, now() - writtenAt(pulse));
      return age > silence ? wrong(camera.silent(span(age)), camera.look) : well(camera.seen(span(age)));
    },
  };
}

/**
 * The camera's last picture, as the video stream has it.
 *
 * @param unseen why the camera gives none, where that can be asked: turned off, it is needed in a party alone
 */
export function checkCameraByVideo(
  lastPicture: LastPicture,
  parties: PartyReader,
  unseen: () => Promise<Unseen | undefined> = async () => undefined,
  now = Date.now,
): Check {
  return {
    part: parts.camera,
    async look() {
      const why = await unseen();
      if (why)
        return why.isOff && !(await parties.on()) ? well(camera.offUntilParty) : wrong(why.says, why.todo);
      const [taken, party] = await Promise.all([lastPicture(), parties.on()]);
      if (taken !== undefined) return well(camera.seen(span(now() - taken)));
      return party ? wrong(camera.silent(span(60_000)), camera.look) : well(camera.none);
    },
  };
}
