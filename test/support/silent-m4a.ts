import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Encoder, Frame, Muxer } from 'node-av';
import { AV_CHANNEL_LAYOUT_STEREO, AV_SAMPLE_FMT_FLTP, FF_ENCODER_AAC } from 'node-av/constants';

/** An M4A of silence, made by FFmpeg's AAC encoder. */
export async function silentM4a(folder: string, seconds: number): Promise<Buffer> {
  const file = join(folder, 'silence.m4a');
  const muxer = await Muxer.open(file, { format: 'ipod' });
  const encoder = await Encoder.create(FF_ENCODER_AAC);
  const stream = muxer.addStream(encoder);
  const nbSamples = 1024;
  for (let pts = 0; pts < seconds * 44_100; pts += nbSamples) {
    const frame = Frame.fromAudioBuffer(Buffer.alloc(nbSamples * 8), {
      nbSamples,
      format: AV_SAMPLE_FMT_FLTP,
      sampleRate: 44_100,
      channelLayout: AV_CHANNEL_LAYOUT_STEREO,
      timeBase: { num: 1, den: 44_100 },
      pts: BigInt(pts),
    });
    for (const packet of await encoder.encodeAll(frame)) await muxer.writePacket(packet, stream);
  }
  for await (const packet of encoder.flushPackets()) await muxer.writePacket(packet, stream);
  await muxer.close();
  return readFile(file);
}
