import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fieldPlaces, knownFields, meantField } from '../../../server/src/kubernetes/index.ts';

test('a known field is never taken for a misspelt one', () => {
  for (const place of fieldPlaces) {
    for (const field of knownFields(place)) assert.equal(meantField(place, field), undefined, `${place} ${field}`);
  }
});

test('a field in another case is recognised wherever it is known', () => {
  for (const place of fieldPlaces) {
    for (const field of knownFields(place)) {
      const shouted = field.toUpperCase();
      if (shouted !== field) assert.equal(meantField(place, shouted), field, `${place} ${shouted}`);
    }
  }
});

test('a slip of the pen within two letters is recognised if only one field is near', () => {
  assert.equal(meantField('Container', 'secruityContext'), 'securityContext');
  assert.equal(meantField('Container', 'volumeMount'), 'volumeMounts');
  assert.equal(meantField('SecurityContext', 'runAsUsers'), 'runAsUser');
  assert.equal(meantField('PodSpec', 'hostIPD'), undefined, 'hostIPC and hostPID are both near');
  assert.equal(meantField('SecurityContext', 'runAsRoot'), undefined);
  assert.equal(meantField('Volume', 'mfs'), 'nfs');
  assert.equal(meantField('Volume', 'cis'), 'csi', 'two letters changed places');
  assert.equal(meantField('Volume', 'cif'), undefined, 'two letters of three are another word');
});

test('a field that belongs elsewhere in a pod is misplaced, not misspelt', () => {
  assert.equal(meantField('Container', 'hostNetwork'), undefined);
  assert.equal(meantField('PodSecurityContext', 'procMount'), undefined);
});
