import assert from 'node:assert/strict';
import { readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import * as rekognition from '@aws-sdk/client-rekognition';
import sharp from 'sharp';
import type { Recognizer } from '../../../../vision/recognizer.ts';
import { sampleFile } from '../../../support/pictures.ts';
import { nobody, portrait } from '../../../support/portraits.ts';
import { sharedRecognizer } from '../../../support/recognizer.ts';
import { openWorld, type World } from './world.ts';

describe('faces in collections', () => {
  let recognizer: Recognizer;
  let world: World;
  let anna: Buffer;
  let annaAgain: Buffer;
  let berta: Buffer;
  let group: Buffer;

  before(async () => {
    recognizer = await sharedRecognizer();
    world = await openWorld({ recognizer });
    [anna, annaAgain, berta, group] = await Promise.all([
      portrait('anna'),
      portrait('annaAgain'),
      portrait('berta'),
      readFile(sampleFile(1)),
    ]);
  });

  after(async () => {
    await world.close();
  });

  const create = (CollectionId: string) =>
    world.client.send(new rekognition.CreateCollectionCommand({ CollectionId }));
  const index = (
    CollectionId: string,
    Bytes: Uint8Array,
    more: Partial<rekognition.IndexFacesRequest> = {},
  ) => world.client.send(new rekognition.IndexFacesCommand({ CollectionId, Image: { Bytes }, ...more }));
  const list = (CollectionId: string, more: Partial<rekognition.ListFacesRequest> = {}) =>
    world.client.send(new rekognition.ListFacesCommand({ CollectionId, ...more }));
  const search = (
    CollectionId: string,
    Bytes: Uint8Array,
    more: Partial<rekognition.SearchFacesByImageRequest> = {},
  ) =>
    world.client.send(new rekognition.SearchFacesByImageCommand({ CollectionId, Image: { Bytes }, ...more }));

  test('a collection is created once, described, listed and deleted', async () => {
    const created = await create('Door.1');
    assert.equal(created.StatusCode, 200);
    assert.match(created.CollectionArn ?? '', /^arn:aws:rekognition:[a-z0-9-]+:\d{12}:collection\/Door\.1$/);
    await assert.rejects(create('Door.1'), rekognition.ResourceAlreadyExistsException);
    await create('door.1');
    const { CollectionIds, FaceModelVersions } = await world.client.send(
      new rekognition.ListCollectionsCommand({}),
    );
    assert.deepEqual(CollectionIds, ['Door.1', 'door.1']);
    assert.equal(FaceModelVersions?.length, 2);
    const describeOne = new rekognition.DescribeCollectionCommand({ CollectionId: 'Door.1' });
    const description = await world.client.send(describeOne);
    assert.equal(description.FaceCount, 0);
    assert.equal(description.CollectionARN, created.CollectionArn);
    assert.ok(description.CreationTimestamp instanceof Date);
    for (const CollectionId of ['Door.1', 'door.1']) {
      await world.client.send(new rekognition.DeleteCollectionCommand({ CollectionId }));
    }
    await assert.rejects(world.client.send(describeOne), rekognition.ResourceNotFoundException);
  });

  test('a person is found by another photo, and a stranger is not', async () => {
    await create('known');
    const { FaceRecords, UnindexedFaces } = await index('known', anna, {
      ExternalImageId: 'anna',
      MaxFaces: 1,
    });
    assert.deepEqual(UnindexedFaces, []);
    const indexed = FaceRecords?.[0]?.Face;
    assert.equal(indexed?.ExternalImageId, 'anna');
    const again = await search('known', annaAgain);
    assert.equal(again.FaceMatches?.[0]?.Face?.FaceId, indexed?.FaceId);
    assert.ok((again.FaceMatches?.[0]?.Similarity ?? 0) >= 80);
    assert.ok((again.SearchedFaceConfidence ?? 0) > 50);
    assert.deepEqual((await search('known', berta)).FaceMatches, []);
  });

  test('a face is described by box, landmarks, pose and quality, all of it inside the picture', async () => {
    const detect = new rekognition.DetectFacesCommand({ Image: { Bytes: anna } });
    const { FaceDetails } = await world.client.send(detect);
    const detail = FaceDetails?.[0];
    const { Left = -1, Top = -1, Width = 2, Height = 2 } = detail?.BoundingBox ?? {};
    assert.ok(Left >= 0 && Top >= 0 && Left + Width <= 1 && Top + Height <= 1);
    const points = new Map(detail?.Landmarks?.map(({ Type, X = 0, Y = 0 }) => [Type, { X, Y }]));
    assert.deepEqual([...points.keys()].sort(), ['eyeLeft', 'eyeRight', 'mouthLeft', 'mouthRight', 'nose']);
    assert.ok(points.get('eyeLeft')!.X < points.get('eyeRight')!.X);
    assert.ok(points.get('nose')!.Y > points.get('eyeLeft')!.Y);
    assert.ok(points.get('mouthLeft')!.Y > points.get('nose')!.Y);
    assert.ok(Math.abs(detail?.Pose?.Yaw ?? 90) < 45);
    assert.ok((detail?.Quality?.Sharpness ?? 0) > 0);
  });

  test('a group photo gives as many faces as asked for, the largest, and says what became of the others', async () => {
    await create('group');
    const { FaceRecords, UnindexedFaces } = await index('group', group, {
      MaxFaces: 1,
      QualityFilter: 'NONE',
    });
    const size = (box?: rekognition.BoundingBox) => (box?.Width ?? 0) * (box?.Height ?? 0);
    assert.equal(FaceRecords?.length, 1);
    assert.ok((UnindexedFaces?.length ?? 0) >= 2);
    for (const { Reasons, FaceDetail } of UnindexedFaces ?? []) {
      assert.deepEqual(Reasons, ['EXCEEDS_MAX_FACES']);
      assert.ok(size(FaceDetail?.BoundingBox) <= size(FaceRecords?.[0]?.Face?.BoundingBox));
    }
  });

  test('a face that is turned away is not indexed, and the reason is given', async () => {
    await create('turned');
    const { FaceRecords, UnindexedFaces } = await index('turned', await portrait('turned'));
    assert.deepEqual(FaceRecords, []);
    assert.deepEqual(UnindexedFaces?.[0]?.Reasons, ['EXTREME_POSE']);
    const unfiltered = await index('turned', await portrait('turned'), { QualityFilter: 'NONE' });
    assert.equal(unfiltered.FaceRecords?.length, 1);
  });

  test('so it is with a face too small, in the dark or blurred', async () => {
    await create('spoilt');
    const carla = await portrait('carla');
    const spoilt: ReadonlyArray<readonly [Reason: rekognition.Reason, photo: Buffer]> = [
      [
        'SMALL_BOUNDING_BOX',
        await sharp(carla).resize(70).extend({ right: 400, background: '#888' }).jpeg().toBuffer(),
      ],
      ['LOW_BRIGHTNESS', await sharp(carla).linear(0.18, 0).jpeg().toBuffer()],
      ['LOW_SHARPNESS', await sharp(carla).blur(5).jpeg().toBuffer()],
    ];
    for (const [reason, photo] of spoilt) {
      const { FaceRecords, UnindexedFaces } = await index('spoilt', photo);
      assert.deepEqual(FaceRecords, [], reason);
      assert.deepEqual(
        UnindexedFaces?.map(({ Reasons }) => Reasons),
        [[reason]],
      );
    }
  });

  test('the same photo under the same name is indexed once', async () => {
    await create('twice');
    const first = await index('twice', anna, { ExternalImageId: 'anna' });
    const second = await index('twice', anna, { ExternalImageId: 'anna' });
    assert.deepEqual(
      second.FaceRecords?.map(({ Face }) => Face),
      first.FaceRecords?.map(({ Face }) => Face),
    );
    assert.equal((await list('twice')).Faces?.length, 1);
    await index('twice', anna, { ExternalImageId: 'anne' });
    assert.equal((await list('twice')).Faces?.length, 2);
  });

  test('a photo is read from S3', async () => {
    await create('s3');
    world.objects.set('photos/guests/anna.jpg', anna);
    const Image = { S3Object: { Bucket: 'photos', Name: 'guests/anna.jpg' } };
    const command = new rekognition.IndexFacesCommand({ CollectionId: 's3', Image });
    assert.equal((await world.client.send(command)).FaceRecords?.length, 1);
    const missing = { S3Object: { Bucket: 'photos', Name: 'guests/nobody.jpg' } };
    await assert.rejects(
      world.client.send(new rekognition.IndexFacesCommand({ CollectionId: 's3', Image: missing })),
      rekognition.InvalidS3ObjectException,
    );
    world.objects.set('photos/large.jpg', new Uint8Array(15 * 1024 * 1024 + 1));
    const large = { S3Object: { Bucket: 'photos', Name: 'large.jpg' } };
    await assert.rejects(
      world.client.send(new rekognition.DetectFacesCommand({ Image: large })),
      rekognition.ImageTooLargeException,
    );
  });

  test('faces are listed page by page, chosen by id, and deleted', async () => {
    await create('pages');
    await index('pages', group, { QualityFilter: 'NONE' });
    const all = (await list('pages')).Faces?.map(({ FaceId = '' }) => FaceId) ?? [];
    assert.ok(all.length >= 3);
    const paged: string[] = [];
    for await (const page of rekognition.paginateListFaces(
      { client: world.client, pageSize: 2 },
      { CollectionId: 'pages' },
    )) {
      paged.push(...(page.Faces ?? []).map(({ FaceId = '' }) => FaceId));
    }
    assert.deepEqual(paged, all);
    const [first = ''] = all;
    assert.deepEqual(
      (await list('pages', { FaceIds: [first] })).Faces?.map(({ FaceId }) => FaceId),
      [first],
    );
    const unknown = '00000000-0000-4000-8000-000000000000';
    const deletion = new rekognition.DeleteFacesCommand({ CollectionId: 'pages', FaceIds: [first, unknown] });
    const { DeletedFaces, UnsuccessfulFaceDeletions } = await world.client.send(deletion);
    assert.deepEqual(DeletedFaces, [first]);
    assert.deepEqual(UnsuccessfulFaceDeletions, [{ FaceId: unknown, Reasons: ['FACE_NOT_FOUND'] }]);
    assert.equal((await list('pages')).Faces?.length, all.length - 1);
    await assert.rejects(
      list('pages', { NextToken: 'nonsense' }),
      rekognition.InvalidPaginationTokenException,
    );
  });

  test('a face in the collection is searched among the others', async () => {
    await create('others');
    const one = (await index('others', anna)).FaceRecords?.[0]?.Face?.FaceId;
    const other = (await index('others', annaAgain)).FaceRecords?.[0]?.Face?.FaceId;
    await index('others', berta);
    const command = (FaceId?: string) =>
      new rekognition.SearchFacesCommand({ CollectionId: 'others', FaceId });
    const { FaceMatches, SearchedFaceId } = await world.client.send(command(one));
    assert.equal(SearchedFaceId, one);
    assert.deepEqual(
      FaceMatches?.map(({ Face }) => Face?.FaceId),
      [other],
    );
    await assert.rejects(
      world.client.send(command('00000000-0000-4000-8000-000000000000')),
      rekognition.InvalidParameterException,
    );
  });

  test('searching a picture without a face is InvalidParameterException', async () => {
    await create('empty');
    await assert.rejects(search('empty', await nobody()), (error) => {
      assert.ok(error instanceof rekognition.InvalidParameterException);
      assert.match(error.message, /no faces/);
      return true;
    });
    assert.deepEqual((await index('empty', await nobody())).FaceRecords, []);
  });

  test('what is no JPEG or PNG, damaged or too small is refused', async () => {
    await create('refused');
    const webp = await sharp(anna).webp().toBuffer();
    await assert.rejects(index('refused', webp), rekognition.InvalidImageFormatException);
    await assert.rejects(index('refused', anna.subarray(0, 300)), rekognition.InvalidImageFormatException);
    const small = await sharp(anna).resize(79, 200, { fit: 'fill' }).jpeg().toBuffer();
    await assert.rejects(index('refused', small), rekognition.InvalidParameterException);
    const none = new rekognition.IndexFacesCommand({ CollectionId: 'refused', Image: {} });
    await assert.rejects(world.client.send(none), rekognition.InvalidParameterException);
    await assert.rejects(index('refused', new Uint8Array(5_242_881)), {
      name: 'ValidationException',
      message: /'image\.bytes' .*less than or equal to 5242880/,
    });
  });

  test('ids that Rekognition would refuse are refused', async () => {
    await assert.rejects(create('front door'), { name: 'ValidationException' });
    await assert.rejects(create('x'.repeat(256)), { name: 'ValidationException' });
    await create('..');
    await assert.rejects(index('..', anna, { ExternalImageId: 'Zoë' }), { name: 'ValidationException' });
    await assert.rejects(index('..', anna, { MaxFaces: 0 }), { name: 'ValidationException' });
    const notAnId = new rekognition.DeleteFacesCommand({ CollectionId: '..', FaceIds: ['anna'] });
    await assert.rejects(world.client.send(notAnId), /'faceIds\.1\.member'/);
  });

  test('an operation on no collection is ResourceNotFoundException', async () => {
    await assert.rejects(index('nowhere', anna), rekognition.ResourceNotFoundException);
    await assert.rejects(search('nowhere', anna), rekognition.ResourceNotFoundException);
    await assert.rejects(list('nowhere'), rekognition.ResourceNotFoundException);
  });

  test('collections and faces are there after a restart, and a photo is still indexed once', async () => {
    await create('kept');
    const indexed = (await index('kept', anna, { ExternalImageId: 'anna' })).FaceRecords?.[0]?.Face;
    const later = await openWorld({ recognizer, folder: world.folder });
    try {
      const found = await later.client.send(
        new rekognition.SearchFacesByImageCommand({ CollectionId: 'kept', Image: { Bytes: annaAgain } }),
      );
      assert.deepEqual(found.FaceMatches?.[0]?.Face, indexed);
      const again = await later.client.send(
        new rekognition.IndexFacesCommand({
          CollectionId: 'kept',
          Image: { Bytes: anna },
          ExternalImageId: 'anna',
        }),
      );
      assert.equal(again.FaceRecords?.[0]?.Face?.FaceId, indexed?.FaceId);
    } finally {
      await later.close();
    }
  });

  test('a face that could not be kept on disk is not in the collection', async () => {
    const full = await openWorld({ recognizer });
    try {
      await full.client.send(new rekognition.CreateCollectionCommand({ CollectionId: 'full' }));
      const collections = join(full.folder, 'rekognition', 'collections');
      await rename(collections, `${collections}-away`);
      await writeFile(collections, 'where the folder was');
      const command = new rekognition.IndexFacesCommand({ CollectionId: 'full', Image: { Bytes: anna } });
      await assert.rejects(full.client.send(command), { name: 'InternalFailure' });
      const faces = await full.client.send(new rekognition.ListFacesCommand({ CollectionId: 'full' }));
      assert.deepEqual(faces.Faces, []);
    } finally {
      await full.close();
    }
  });

  test('an operation that is not there says so', async () => {
    const labels = new rekognition.DetectLabelsCommand({ Image: { Bytes: anna } });
    await assert.rejects(world.client.send(labels), { name: 'UnknownOperationException' });
  });
});
