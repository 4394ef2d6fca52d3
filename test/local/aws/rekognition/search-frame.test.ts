import assert from 'node:assert/strict';
import path from 'node:path';
import { before, describe, test } from 'node:test';
import type { Sharp } from 'sharp';
import type { FaceEngine, RatioBox } from '../../../../local/aws/rekognition/face-engine.ts';
import { type FrameSearch, searchFrame } from '../../../../local/aws/rekognition/search-frame.ts';
import { faceEngine } from '../../../../local/face-engine.ts';
import { parseRecord } from '../../../../party/record/record.ts';
import { openCamera } from '../../../../producer/camera/camera.ts';
import { readVideo } from '../../../../producer/camera/video.ts';
import { decodePicture } from '../../../../vision/picture.ts';
import type { Recognizer } from '../../../../vision/recognizer.ts';
import { changed, crop } from '../../../support/changed.ts';
import { makeClip } from '../../../support/clip.ts';
import { emptyFolder } from '../../../support/folder.ts';
import { KnownFaces } from '../../../support/known-faces.ts';
import {
  doorPicture,
  facesFolder,
  jpegOf,
  readPicture,
  samplePicture,
  withoutFaces,
} from '../../../support/pictures.ts';
import { portrait } from '../../../support/portraits.ts';
import { sharedRecognizer } from '../../../support/recognizer.ts';

const streamArn = 'arn:aws:kinesisvideo:eu-west-1:000000000000:stream/front-door/1700000000000';

describe('searching frames', () => {
  let recognizer: Recognizer;
  let engine: FaceEngine;
  const searchIn =
    (known: KnownFaces): FrameSearch['search'] =>
    ({ similarity }) =>
      known
        .searchBy(similarity, 80, 5)
        .map((match) => ({ Similarity: match.similarity, Face: { FaceId: match.id } }));

  before(async () => {
    recognizer = await sharedRecognizer();
    engine = faceEngine(recognizer);
  });

  test('the record has the shape of those that Rekognition writes', async () => {
    const time = 1_700_000_123_456;
    const shown = await samplePicture(3);
    const frame = { time, picture: await jpegOf(shown) };
    const record = await searchFrame(frame, { watch: engine.watch(), search: () => [], streamArn });
    const faces = await recognizer.find(shown, 'live');
    const video = record.InputInformation.KinesisVideo;
    assert.equal(video.StreamArn, streamArn);
    assert.match(video.FragmentNumber, /^\d{47}$/);
    assert.equal(video.ProducerTimestamp, 1_700_000_123.456);
    assert.equal(video.FrameOffsetInSeconds, 0);
    assert.ok(Math.abs(video.ServerTimestamp * 1000 - Date.now()) < 60_000);
    assert.equal(record.FaceSearchResponse.length, faces.length);
    for (const { DetectedFace, MatchedFaces } of record.FaceSearchResponse) {
      const { Left, Top, Width, Height } = DetectedFace.BoundingBox as RatioBox;
      for (const ratio of [Left, Top, Width, Height, Left + Width, Top + Height]) {
        assert.ok(ratio >= 0 && ratio <= 1, String(ratio));
      }
      const at = Object.fromEntries(
        DetectedFace.Landmarks!.map(({ Type, X, Y }) => [Type, { X: X!, Y: Y! }]),
      );
      assert.deepEqual(Object.keys(at).sort(), ['eyeLeft', 'eyeRight', 'mouthLeft', 'mouthRight', 'nose']);
      assert.ok(at.eyeLeft!.X < at.eyeRight!.X && at.mouthLeft!.X < at.mouthRight!.X);
      assert.ok(at.eyeLeft!.Y < at.nose!.Y && at.nose!.Y < at.mouthLeft!.Y);
      assert.ok(DetectedFace.Confidence! >= 50 && DetectedFace.Confidence! <= 100);
      assert.ok(DetectedFace.Quality!.Sharpness! > 50 && DetectedFace.Quality!.Brightness! > 20);
      assert.deepEqual(MatchedFaces, []);
    }
    const parsed = parseRecord(Buffer.from(JSON.stringify(record)));
    assert.equal(parsed.producerTime + parsed.frameOffset, time);
    assert.equal(parsed.faces.length, faces.length);
  });

  test('fragment numbers grow and are never given twice, even within a millisecond', async () => {
    const picture = await jpegOf({ width: 64, height: 64, data: new Uint8Array(64 * 64 * 3) });
    const numbers: string[] = [];
    for (const time of [5000, 5000, 5001, 4000]) {
      const record = await searchFrame(
        { time, picture },
        { watch: engine.watch(), search: () => [], streamArn },
      );
      numbers.push(record.InputInformation.KinesisVideo.FragmentNumber);
    }
    assert.deepEqual(numbers, numbers.toSorted());
    assert.equal(new Set(numbers).size, numbers.length);
  });

  test('a face that does not count is in the record, but is not searched', async () => {
    let searched = 0;
    const search = () => {
      searched += 1;
      return [];
    };
    const inProfile = await crop(await samplePicture(2), { left: 100, top: 0, width: 800, height: 1000 });
    const frame = { time: Date.now(), picture: await jpegOf(inProfile) };
    const record = await searchFrame(frame, { watch: engine.watch(), search, streamArn });
    assert.equal(record.FaceSearchResponse.length, 1);
    assert.equal(searched, 0);
  });

  for (const [what, spoilt] of [
    ['as it is', undefined],
    ['under 22 pixels wide', (image) => image.resize(270)],
    ['in the dark', (image) => image.linear(0.08, 0)],
    ['blurred', (image) => image.blur(9)],
  ] as const satisfies ReadonlyArray<readonly [string, ((image: Sharp) => Sharp) | undefined]>) {
    test(`a face ${what} is ${spoilt ? 'not ' : ''}searched, whomever it looks like`, async () => {
      const picture = await decodePicture(await portrait('carla'));
      // As far from the camera as a face at a door.
      const door = await changed(picture, (image) => image.extend({ right: 2400, background: '#808080' }));
      const shown = spoilt ? await changed(door, spoilt) : door;
      let searched = 0;
      const search = () => {
        searched += 1;
        return [];
      };
      const record = await searchFrame(
        { time: Date.now(), picture: await jpegOf(shown) },
        { watch: engine.watch(), search, streamArn },
      );
      assert.ok(record.FaceSearchResponse.length <= 1);
      assert.equal(searched, spoilt ? 0 : 1);
    });
  }

  test('a woman enrolled from one photo is recognised at the door, and no other is', async () => {
    const [enrolled] = await recognizer.find(await decodePicture(await portrait('anna')), 'enrolment');
    const known = new KnownFaces();
    known.add('woman', enrolled!);
    const folder = await emptyFolder();
    const clip = path.join(folder, 'arrival.mp4');
    await makeClip([{ picture: await doorPicture(), seconds: 1 }], clip);
    const watch = engine.watch();
    const named: Array<readonly (string | undefined)[]> = [];
    for await (const frame of openCamera(clip)) {
      const record = await searchFrame(frame, { watch, search: searchIn(known), streamArn });
      const matches = record.FaceSearchResponse.flatMap(({ MatchedFaces }) => MatchedFaces ?? []);
      named.push(matches.map(({ Face }) => Face?.FaceId));
    }
    assert.ok(named.length > 1);
    for (const ids of named) assert.deepEqual(ids, ['woman'], JSON.stringify(named));
  });

  test('in a clip with a crowd, only who is in it is recognised', { skip: withoutFaces }, async () => {
    const known = new KnownFaces();
    const enrol = async (id: string, file: string) => {
      const [face] = await recognizer.find(await readPicture(path.join(facesFolder, file)), 'enrolment');
      known.add(id, face!);
    };
    const clip = path.join(facesFolder, 'hamilton/short_hamilton_clip.mp4');
    await enrol('Lin', 'hamilton/lin-manuel-miranda.png');
    await enrol('Alex', 'hamilton/alex-lacamoire.png');
    await enrol('stranger 1', 'people/biden.jpg');
    await enrol('stranger 2', 'people/obama.jpg');
    const seen: Array<{ time: number; id: string | undefined }> = [];
    const watch = engine.watch();
    let next = 0;
    for await (const { time, jpeg } of readVideo(clip, 1280, new AbortController().signal)) {
      if (time < next) continue;
      next = time + 200;
      const frame = { time, picture: await jpeg() };
      const record = await searchFrame(frame, { watch, search: searchIn(known), streamArn });
      for (const { MatchedFaces } of record.FaceSearchResponse) {
        for (const { Face } of MatchedFaces ?? []) seen.push({ time, id: Face?.FaceId });
      }
    }
    assert.ok(seen.every(({ id }) => id === 'Lin' || id === 'Alex'));
    const lin = seen.filter(({ id }) => id === 'Lin').map(({ time }) => time);
    assert.ok(
      lin.some((time, i) => i > 0 && time - lin[i - 1]! <= 3000),
      'Lin is recognised twice within three seconds',
    );
  });
});
