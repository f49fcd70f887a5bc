import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type ComponentName, type FlagType, flagNamesOf, flagTypeOf } from '../../../server/src/kubernetes/index.ts';

const types: readonly (readonly [ComponentName, string, FlagType | undefined])[] = [
  ['kube-apiserver', 'anonymous-auth', 'boolean'],
  ['kube-apiserver', 'version', 'boolean'],
  ['kube-apiserver', 'secure-port', 'scalar'],
  ['kube-apiserver', 'authorization-mode', 'list'],
  ['kube-apiserver', 'enable-admission-plugins', 'list'],
  ['kube-apiserver', 'tls-cipher-suites', 'list'],
  ['kube-apiserver', 'service-account-issuer', 'array'],
  ['kube-apiserver', 'feature-gates', 'map'],
  ['kube-apiserver', 'kubelet-https', 'boolean'],
  ['kube-apiserver', 'insecure-port', undefined],
  ['kube-controller-manager', 'use-service-account-credentials', 'boolean'],
  ['kube-controller-manager', 'controllers', 'list'],
  ['kube-scheduler', 'profiling', 'boolean'],
  ['kubelet', 'rotate-certificates', 'boolean'],
  ['kubelet', 'read-only-port', 'scalar'],
  ['kubelet', 'logtostderr', 'boolean'],
  ['kube-proxy', 'bind-address', 'scalar'],
  ['etcd', 'client-cert-auth', 'boolean'],
  ['etcd', 'peer-client-cert-auth', 'boolean'],
  ['etcd', 'config-file', 'scalar'],
  ['etcd', 'logtostderr', undefined],
];

for (const [component, name, type] of types) {
  test(`--${name} of ${component} is ${type ?? 'unknown'}`, () => {
    assert.equal(flagTypeOf(component, name), type);
  });
}

test('names are those of the newest release', () => {
  assert.ok(flagNamesOf('kube-apiserver').includes('authentication-config'));
  assert.equal(flagNamesOf('kube-apiserver').includes('kubelet-https'), false);
});
