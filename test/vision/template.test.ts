import assert from 'node:assert/strict';
import { test } from 'node:test';
import { distanceOf, matchDistance } from '../../vision/similarity.ts';
import { pooled, type Template, withLook } from '../../vision/template.ts';

const look = (...start: number[]) => Float32Array.from({ length: 128 }, (_, i) => start[i] ?? 0);

function templateOf(...looks: Float32Array[]): Template {
  let template: Template | undefined;
  for (const [i, descriptor] of looks.entries()) template = withLook(template, { descriptor, box }, 200 * i);
  return template!;
}

const box = { left: 0, top: 0, width: 60, height: 70 };

test('the first look is the template', () => {
  assert.deepEqual(templateOf(look(0.5)), {
    descriptor: look(0.5),
    looks: 1,
    since: 0,
    until: 0,
    width: 60,
  });
});

test('a few looks count alike', () => {
  const { descriptor, looks, since, until } = templateOf(look(0.6), look(0, 0.6), look(0, 0, 0.6));
  for (const value of descriptor.slice(0, 3)) assert.ok(Math.abs(value - 0.2) < 1e-6);
  assert.deepEqual({ looks, since, until }, { looks: 3, since: 0, until: 400 });
});

test('what each look adds of its own is less in all of them: a person is nearer than in most looks', () => {
  const person = look(0.3, 0.3);
  const looks = [2, 3, 4, 5].map((place) => {
    const seen = person.slice();
    seen[place] = 0.5;
    return seen;
  });
  for (const seen of looks) assert.ok(distanceOf(seen, person) > matchDistance);
  assert.ok(distanceOf(templateOf(...looks).descriptor, person) < matchDistance - 0.15);
});

test('photos of one person are pooled into their mean, as long as they are', () => {
  const mean = (...photos: Float32Array[]) => pooled(photos.map((descriptor) => ({ descriptor }))).descriptor;
  for (const value of mean(look(0, 1), look(1)).slice(0, 2)) {
    assert.ok(Math.abs(value - Math.SQRT1_2) < 1e-6);
  }
  assert.ok(distanceOf(mean(look(0.3, 0.4)), look(0.3, 0.4)) < 1e-6);
  assert.deepEqual(mean(look(1), look(-1)), look());
});

test('what photos look like to cameras is pooled too, unless one of them does not say', () => {
  const [a, b, c] = [look(0, 1), look(1), look(0.6, 0.8)];
  const whole = { descriptor: a, atDoor: b, fromAfar: c };
  const { atDoor, fromAfar } = pooled([whole, whole]);
  assert.deepEqual({ atDoor, fromAfar }, { atDoor: b, fromAfar: c });
  assert.deepEqual(pooled([whole, { descriptor: a }]), { descriptor: a });
  assert.deepEqual(pooled([whole, { descriptor: a, fromAfar: c }]), { descriptor: a, fromAfar });
});

test('a template is as wide as its looks are in the mean', () => {
  const as = (width: number) => ({ descriptor: look(1), box: { ...box, width } });
  assert.equal(withLook(withLook(undefined, as(30), 0), as(50), 200).width, 40);
});

test('what came first fades', () => {
  const { descriptor } = templateOf(look(1), ...Array<Float32Array>(40).fill(look(0, 1)));
  assert.ok(descriptor[0]! < 0.01 && descriptor[1]! > 0.99);
});
