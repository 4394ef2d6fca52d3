import assert from 'node:assert/strict';
import { test } from 'node:test';
import { CameraError, type CameraFailure } from '../../../producer/camera/camera-error.ts';
import { watchCamera } from '../../../producer/camera/camera-watch.ts';
import type { Frame } from '../../../producer/camera/frame.ts';
import { Problems } from '../../../producer/door/problems.ts';
import { keptLog } from '../../support/log.ts';
import { unseen } from '../../support/pictures.ts';

const frame: Frame = { time: 1, picture: unseen() };
const address = 'rtsp://doorman:s3cret@192.168.1.20/door';

/** Watches a camera that does one thing after another, and shows a picture when it has no more to do. */
async function watch(...failures: readonly [CameraFailure, number?][]) {
  const ending = new AbortController();
  const said: Array<string | undefined> = [];
  const problems: Problems = new Problems(() => said.push(problems.worst));
  const log = keptLog();
  let tries = 0;
  await watchCamera(
    {
      async *open() {
        const [failure, status] = failures[tries++] ?? [];
        if (failure) throw new CameraError(failure, address, { status });
        yield frame;
      },
      problems,
      log,
      cameraPauses: { first: 1, longest: 1, refused: [1, 1, 1] },
    },
    async () => ending.abort(),
    ending.signal,
  );
  assert.doesNotMatch(JSON.stringify([said, log.lines]), /doorman|s3cret/);
  assert.doesNotMatch(JSON.stringify(said), /192\.168|rtsp:/, 'the chat is read by others too');
  return said;
}

test('what is wrong with the camera is said while it lasts, with the number of its answer', async () => {
  const [busy, declined, crashed, solved] = await watch(['busy', 453], ['declined', 500], ['crashed']);
  assert.match(busy ?? '', /too many viewers.*\(It answers with error 453\.\)$/);
  assert.match(declined ?? '', /refuses to send its video.*\(It answers with error 500\.\)$/);
  assert.match(crashed ?? '', /is started again/);
  assert.equal(solved, undefined);
});

test('after two refused logins the host is warned that the camera may lock its account', async () => {
  const [first, second, gone, third, solved] = await watch(
    ['refused', 401],
    ['refused', 401],
    ['unreachable'],
    ['refused', 401],
  );
  assert.match(first ?? '', /^The camera refuses the user name or password\. Set/);
  assert.match(second ?? '', /twice\. Many cameras lock an account.*I try seldom now/);
  assert.match(gone ?? '', /does not answer/);
  assert.equal(third, second);
  assert.equal(solved, undefined);
});
