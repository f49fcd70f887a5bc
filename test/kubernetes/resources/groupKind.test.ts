import assert from 'node:assert/strict';
import { test } from 'node:test';
import { groupKindOf, matchesGroupKind, parseApiVersion } from '../../../server/src/kubernetes/index.ts';
import { resourceIn } from '../reading.ts';

test('splits API versions', () => {
  assert.deepEqual(parseApiVersion('v1'), { group: '', version: 'v1' });
  assert.deepEqual(parseApiVersion('rbac.authorization.k8s.io/v1'), {
    group: 'rbac.authorization.k8s.io',
    version: 'v1',
  });
  assert.deepEqual(parseApiVersion('a/b/c'), { group: '', version: '' });
});

test('matches a kind in any version of its group only', () => {
  const beta = resourceIn('apiVersion: networking.k8s.io/v1beta1\nkind: Ingress\n');
  assert.equal(groupKindOf(beta), 'Ingress.networking.k8s.io');
  assert.equal(matchesGroupKind(beta, 'Ingress.networking.k8s.io'), true);
  assert.equal(matchesGroupKind(beta, 'Ingress.extensions'), false);
  assert.equal(matchesGroupKind(beta, 'IngressClass.networking.k8s.io'), false);
  const knative = resourceIn('apiVersion: serving.knative.dev/v1\nkind: Service\n');
  assert.equal(matchesGroupKind(knative, 'Service'), false);
});

test('an unreadable API version leaves the kind to decide', () => {
  const resource = resourceIn('apiVersion: {{ .Values.version }}\nkind: Ingress\n');
  assert.equal(matchesGroupKind(resource, 'Ingress.networking.k8s.io'), true);
  assert.equal(matchesGroupKind(resource, 'IngressClass.networking.k8s.io'), false);
});
