import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type FieldPlace, knownFields, meantField } from '../../../server/src/kubernetes/index.ts';

const places = Object.keys(knownFields) as FieldPlace[];

test('a known field is never taken for a misspelt one', () => {
  for (const place of places) {
    for (const field of knownFields[place]) assert.equal(meantField(place, field), undefined, `${place} ${field}`);
  }
});

test('a field in another case is recognised wherever it is known', () => {
  for (const place of places) {
    for (const field of knownFields[place]) {
      const shouted = field.toUpperCase();
      if (shouted !== field) assert.equal(meantField(place, shouted), field, `${place} ${shouted}`);
    }
  }
});

test('a slip of the pen within two letters is recognised if only one field is near', () => {
  assert.equal(meantField('container', 'secruityContext'), 'securityContext');
  assert.equal(meantField('container', 'volumeMount'), 'volumeMounts');
  assert.equal(meantField('securityContext', 'runAsUsers'), 'runAsUser');
  assert.equal(meantField('podSpec', 'hostIPD'), undefined, 'hostIPC and hostPID are both near');
  assert.equal(meantField('securityContext', 'runAsRoot'), undefined);
  assert.equal(meantField('volume', 'mfs'), 'nfs');
  assert.equal(meantField('volume', 'cis'), undefined, 'two letters of three are another word');
});

test('a field that belongs elsewhere in a pod is misplaced, not misspelt', () => {
  assert.equal(meantField('container', 'hostNetwork'), undefined);
  assert.equal(meantField('podSecurityContext', 'procMount'), undefined);
});
