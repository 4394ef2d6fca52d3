import './with-resolvers.ts';
import { constants } from 'node:os';
import { setTimeout as delay } from 'node:timers/promises';
import { Demuxer } from 'node-av/api';
import {
  AV_LOG_DEBUG,
  AV_LOG_QUIET,
  AVERROR_HTTP_BAD_REQUEST,
  AVERROR_HTTP_FORBIDDEN,
  AVERROR_HTTP_NOT_FOUND,
  AVERROR_HTTP_OTHER_4XX,
  AVERROR_HTTP_SERVER_ERROR,
  AVERROR_HTTP_UNAUTHORIZED,
} from 'node-av/constants';
import { FFmpegError, Log } from 'node-av/lib';
import { untilAborted } from '../until-aborted.ts';
import { AnswerLog } from './answer-log.ts';
import { CameraError, type CameraFailure, isUrl } from './camera-error.ts';

// FFmpeg logs to the terminal what it opens, passwords and all.
Log.setLevel(AV_LOG_QUIET);

/**
 * How RTSP is opened. Over TCP, for UDP loses packets and is often blocked; over UDP only with a camera that refuses
 * TCP (its answer 461). Given up after five seconds of silence; nothing held back. The camera has said what it sends:
 * FFmpeg need not watch it for a second to find out, and lose the first key frame over it (measured: the first frame
 * after 0.06 s, not 1.05 s).
 */
const rtsp = {
  skipStreamInfo: true,
  options: {
    rtsp_transport: 'tcp+udp',
    rtsp_flags: 'prefer_tcp',
    timeout: String(5_000_000),
    fflags: 'nobuffer',
  },
};

/**
 * How HTTP is opened. Given up after five seconds of silence; half a second of what comes live shows what it is. What was
 * looked at for that is kept, for it may be all that there is: one picture.
 */
const http = { options: { timeout: String(5_000_000), analyzeduration: String(500_000) } };

/** What FFmpeg logs comes a moment later than the error that it belongs to: milliseconds. */
const logDelay = 50;

const isRtsp = (address: string) => /^rtsps?:/i.test(address);

/** Whether an address is asked by HTTP. What is there may be live, a recording, or one picture. */
export const isHttp = (address: string): boolean => /^https?:/i.test(address);

/**
 * Opens a video; undefined when the signal comes first, for opening cannot be broken off.
 *
 * @throws {CameraError} when it cannot be opened
 */
export async function openVideo(address: string, signal: AbortSignal): Promise<Demuxer | undefined> {
  if (signal.aborted) return undefined;
  const answers = isRtsp(address) ? listen() : undefined;
  const opening = Demuxer.open(address, { signal, ...(answers && rtsp), ...(isHttp(address) && http) });
  try {
    const input = await untilAborted(opening, signal);
    if (!input) void opening.then((late) => late.close()).catch(() => {});
    return input;
  } catch (cause) {
    if (signal.aborted) return undefined;
    if (answers) await delay(logDelay);
    const { failure, status } = failureOf(cause, address, answers);
    throw new CameraError(failure, address, { cause, status });
  } finally {
    if (answers) stopListening();
  }
}

/** Hears what FFmpeg says of a camera's answers, and nothing of it is written anywhere. */
function listen(): AnswerLog {
  const log = new AnswerLog();
  Log.setCallback((_level, message) => log.take(message), { maxLevel: AV_LOG_DEBUG });
  Log.setLevel(AV_LOG_DEBUG);
  return log;
}

function stopListening(): void {
  Log.setLevel(AV_LOG_QUIET);
  Log.setCallback(null);
}

/** Answers of HTTP that are refusals. */
const refusals = [AVERROR_HTTP_BAD_REQUEST, AVERROR_HTTP_OTHER_4XX, AVERROR_HTTP_SERVER_ERROR];

function failureOf(
  error: unknown,
  address: string,
  answers: AnswerLog | undefined,
): { readonly failure: CameraFailure; readonly status?: number } {
  if (answers?.refusal) return answers.refusal;
  if (answers?.hasDescribed) return { failure: 'declined' };
  if (error instanceof FFmpegError) {
    if (error.is(AVERROR_HTTP_UNAUTHORIZED) || error.is(AVERROR_HTTP_FORBIDDEN))
      return { failure: 'refused' };
    if (error.is(AVERROR_HTTP_NOT_FOUND) || error.isENOENT) return { failure: 'missing' };
    if (refusals.some((code) => error.is(code))) return { failure: 'declined' };
    if (error.isInvalidData) return { failure: 'unreadable' };
  }
  const isTimeOut = error instanceof FFmpegError && error.code === -constants.errno.ETIMEDOUT;
  // A camera that froze is connected by its system, and says nothing.
  if (answers?.isConnected && !isTimeOut) return { failure: 'declined' };
  return { failure: isUrl(address) ? 'unreachable' : 'unreadable' };
}
