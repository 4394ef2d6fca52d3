import assert from 'node:assert/strict';
import { test } from 'node:test';
import { costText } from '../../deploy/costs.text.ts';

test('with video it is told what the upload costs all day, and that it costs nothing between parties', () => {
  const text = costText('video', false);
  assert.match(text, /another \$0\.18 a day .*\$0\.54 a day without a party/);
  assert.match(text, /nothing if it uploads in parties only/);
});

test('nothing is said of an upload where there is none', () => {
  for (const text of [costText('images', false), costText('images', true), costText('video', true)])
    assert.doesNotMatch(text, /upload/);
});
