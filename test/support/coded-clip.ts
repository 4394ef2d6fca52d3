import '../../producer/camera/with-resolvers.ts';
import { Demuxer } from 'node-av/api';
import { avGetCodecName } from 'node-av/lib';
import type { CodedPicture, CodedTrack } from '../../producer/video/coded.ts';

/** Reads a video file as a camera's coded pictures. */
export async function codedClip(file: string | Buffer): Promise<{
  readonly track: CodedTrack;
  readonly pictures: readonly (CodedPicture & { isKey: boolean })[];
}> {
  const input = await Demuxer.open(file, { skipStreamInfo: typeof file !== 'string' });
  try {
    const { codecpar, index, timeBase } = input.video()!;
    const pictures = [];
    for await (const packet of input.packets(index)) {
      if (!packet) break;
      const time = (Number(packet.pts) * timeBase.num * 1000) / timeBase.den;
      pictures.push({ time, isKey: packet.isKeyframe, data: Buffer.from(packet.data!) });
      packet.free();
    }
    const track = {
      codec: avGetCodecName(codecpar.codecId) ?? 'unknown',
      extradata: codecpar.extradata ?? undefined,
    };
    return { track, pictures };
  } finally {
    await input.close();
  }
}
