/**
 * A program of its own, for what it takes is to be measured: draws a recap of so many guests and prints how long the
 * processor worked on it, in seconds, and how much memory the process had at most, in megabytes.
 */
import sharp from 'sharp';
import { drawRecap } from '../../lambdas/drawing/recap-picture.ts';
import { sampleFile } from './pictures.ts';

const guests = Number(process.argv[2]);
const names = [
  'Anna',
  'Bartholomäus Freiherr von und zu Münchhausen',
  'نور الهدى',
  'נועה',
  'Zoë 🎄',
  '山田太郎',
];
const start = Date.parse('2026-11-28T19:00:00Z');
const picture = await sharp(sampleFile(1))
  .resize(1920, 1080, { fit: 'cover' })
  .jpeg({ quality: 90 })
  .toBuffer();
const clock = (time: number): string => new Date(time).toISOString().slice(11, 16);
const worked = process.cpuUsage();
const { jpeg } = await drawRecap({
  names: ['The flat'],
  when: 'Saturday 28 November 2026',
  from: { time: start, clock: clock(start) },
  to: { time: start + 4 * 3_600_000, clock: clock(start + 4 * 3_600_000) },
  guests: Array.from({ length: guests }, (_, index) => {
    const time = start + index * 60_000;
    const box = { left: 0.1 + 0.1 * (index % 8), top: 0.3, width: 0.08, height: 0.2 };
    // A buffer of its own each, as they come from the bucket.
    return {
      name: names[index % names.length]!,
      time,
      clock: clock(time),
      box,
      picture: async () => Buffer.from(picture),
    };
  }),
});
const { user, system } = process.cpuUsage(worked);
const megabytes = process.resourceUsage().maxRSS / 1024;
console.log(JSON.stringify({ seconds: (user + system) / 1e6, megabytes, bytes: jpeg.length }));
