import { filter, highpass } from './biquad.ts';
import { compress, limit } from './dynamics.ts';
import { loudness } from './loudness.ts';
import type { Performance, PlayedNote } from './performance.ts';
import { seededRandom } from './random.ts';
import { reverberate } from './reverb.ts';
import { gainOf, hertzOf, type Sound, samplesIn, silence } from './sound.ts';
import { band, type Voice } from './voices/band.ts';

/** How loud a finished carol is, in LUFS: what music players turn songs to. */
export const targetLoudness = -16;
/** No sample is higher, in dBFS; encoding may add a little to a peak. */
export const ceiling = -1.5;
const roomSeconds = 1.9;
const fadeOut = 2.8;

/** Lets the band play in its room: dry sound and reverberation, before any levelling. */
export function playTogether({ notes, seconds }: Performance): Sound {
  const dry = silence(samplesIn(seconds));
  const wet = silence(samplesIn(seconds));
  notes.forEach((note, index) => {
    const voice: Voice = band[note.part.voice];
    const sound = voice.timbre({
      hertz: hertzOf(note.pitch),
      seconds: note.seconds,
      velocity: note.velocity,
      random: seededRandom(index),
    });
    seat(dry, wet, sound, note, voice);
  });
  const room = reverberate(wet, roomSeconds);
  for (let i = 0; i < dry.left.length; i += 1) {
    dry.left[i]! += room.left[i]!;
    dry.right[i]! += room.right[i]!;
  }
  return dry;
}

/** Adds a note's sound at its time and from its seat. */
function seat(dry: Sound, wet: Sound, sound: Sound, note: PlayedNote, { level, pan, room }: Voice): void {
  const gain = gainOf(level + (note.part.level ?? 0));
  // Equal power: what one side loses, the other gains. A sound with width of its own is only turned.
  const left = gain * Math.SQRT2 * Math.cos((Math.PI / 4) * (1 + pan));
  const right = gain * Math.SQRT2 * Math.sin((Math.PI / 4) * (1 + pan));
  const start = samplesIn(note.start);
  addInto(dry.left, wet.left, sound.left, start, left, room);
  addInto(dry.right, wet.right, sound.right, start, right, room);
}

function addInto(
  dry: Float32Array,
  wet: Float32Array,
  from: Float32Array,
  start: number,
  gain: number,
  room: number,
): void {
  const length = Math.min(from.length, dry.length - start);
  for (let i = 0; i < length; i += 1) {
    const sample = gain * from[i]!;
    dry[start + i]! += sample;
    wet[start + i]! += room * sample;
  }
}

/** Turns a mix into a finished recording: no rumble, evened out, as loud as the other carols, faded at the end. */
export function master(mix: Sound): Sound {
  const sound: Sound = { left: mix.left.slice(), right: mix.right.slice() };
  for (const samples of [sound.left, sound.right]) filter(samples, highpass(28));
  scale(sound, gainOf(-20 - loudness(sound)));
  compress(sound, -20);
  endSoftly(sound);
  scale(sound, gainOf(targetLoudness - loudness(sound)));
  limit(sound, ceiling);
  return sound;
}

function scale({ left, right }: Sound, gain: number): void {
  for (const samples of [left, right]) for (let i = 0; i < samples.length; i += 1) samples[i]! *= gain;
}

function endSoftly({ left, right }: Sound): void {
  const length = Math.min(samplesIn(fadeOut), left.length);
  for (const samples of [left, right])
    for (let i = 0; i < length; i += 1)
      samples[samples.length - 1 - i]! *= Math.sin((Math.PI / 2) * (i / length)) ** 2;
}
