import assert from 'node:assert/strict';
import test from 'node:test';
import { findKeyPlace } from '../../client/src/commands/keyPlace.ts';

const key32 = Buffer.alloc(32, 7).toString('base64');

test('a placeholder is replaced, quotes and all, and its comment stays', () => {
  const line = '          - secret: "<32 random bytes>" # filled in at install';
  const place = findKeyPlace(line);
  assert.ok(place.kind === 'placeholder');
  assert.equal(line.slice(place.start, place.end), '"<32 random bytes>"');
});

test('an empty value is a placeholder that wants a space', () => {
  assert.deepEqual(findKeyPlace('secret:'), { kind: 'placeholder', start: 7, end: 7, afterColon: 7 });
  assert.deepEqual(findKeyPlace('secret: '), { kind: 'placeholder', start: 8, end: 8, afterColon: 7 });
});

test('a key of a length that Kubernetes accepts is never replaced', () => {
  assert.deepEqual(findKeyPlace(`      secret: ${key32}`), { kind: 'key' });
  assert.deepEqual(findKeyPlace(`      secret: "${key32}" # current`), { kind: 'key' });
  assert.deepEqual(findKeyPlace(`secret: ${Buffer.alloc(16).toString('base64')}`), { kind: 'key' });
});

test('base64 of another length is no key', () => {
  assert.equal(findKeyPlace(`secret: ${Buffer.alloc(20).toString('base64')}`).kind, 'placeholder');
});

test('other lines have no place of their own', () => {
  assert.deepEqual(findKeyPlace('  name: key1'), { kind: 'none' });
  assert.deepEqual(findKeyPlace('  secretName: db'), { kind: 'none' });
});
